//! `fcgate matrix`: compares several implementations in a table.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::writers::Matrix;
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::{Corpus, Files};

use super::console::print;
use super::failure::Failure;
use super::report_inputs::read_reports;

#[derive(Debug, Args)]
pub(super) struct MatrixOptions {
    /// The JSON report of each implementation; one column each, in this order
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t = TableFormat::Md)]
    format: TableFormat,
    /// Write the table to FILE instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    Md,
    Html,
}

pub(super) fn matrix(files: &Files, options: &MatrixOptions) -> Result<Verdict, Failure> {
    let reports = read_reports(&options.reports)?;
    let matrix = Matrix::read(&reports).map_err(|error| Failure::usage(error.to_string()))?;
    let table = match options.format {
        TableFormat::Md => matrix.markdown(),
        TableFormat::Html => {
            let corpus = Corpus::load(files).map_err(|error| Failure::harness(&error))?;
            matrix.html(&corpus)
        }
    };
    match &options.output {
        Some(path) => {
            crate::writers::write_text(path, &table)?;
        }
        None => print(&table)?,
    }
    Ok(Verdict::Conforming)
}
