//! `fcgate matrix`: several implementations side by side.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::writers::Matrix;
use fc_conformance::verdict::Verdict;

use super::console::print;
use super::failure::Failure;
use super::report_inputs::read_reports;

#[derive(Debug, Args)]
pub(super) struct MatrixOptions {
    /// The JSON report of each implementation, in the order of the columns
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// How to draw it
    #[arg(long, value_enum, default_value_t = Drawing::Md)]
    format: Drawing,
    /// Write it to FILE instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Drawing {
    Md,
    Html,
}

pub(super) fn matrix(options: &MatrixOptions) -> Result<Verdict, Failure> {
    let reports = read_reports(&options.reports)?;
    let matrix = Matrix::read(&reports).map_err(|error| Failure::usage(error.to_string()))?;
    let drawn = match options.format {
        Drawing::Md => matrix.markdown(),
        Drawing::Html => matrix.html(),
    };
    match &options.output {
        Some(path) => {
            crate::writers::write_text(path, &drawn)?;
        }
        None => print(&drawn),
    }
    Ok(Verdict::Conforming)
}
