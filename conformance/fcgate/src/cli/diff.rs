//! `fcgate diff`: compares an older and a newer report of one client.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::writers::ReportDiff;
use fc_conformance::verdict::Verdict;

use super::console::print;
use super::failure::Failure;
use super::report_inputs::read_report;

#[derive(Debug, Args)]
pub(super) struct DiffOptions {
    /// The JSON report of the older run
    old: PathBuf,
    /// The JSON report of the newer run
    new: PathBuf,
    /// The output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// Write the differences to FILE instead of printing them
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    Text,
    /// For a comment on a pull request
    Md,
}

/// New required failures are the verdict `nonconforming` (exit code 1).
pub(super) fn diff(options: &DiffOptions) -> Result<Verdict, Failure> {
    let (old, new) = (read_report(&options.old)?, read_report(&options.new)?);
    let diff = ReportDiff::read(&old, &new).map_err(|error| Failure::usage(error.to_string()))?;
    let text = match options.format {
        DiffFormat::Text => diff.text(),
        DiffFormat::Md => diff.markdown(),
    };
    match &options.output {
        Some(path) => crate::writers::write_text(path, &text)?,
        None => print(&text)?,
    }
    Ok(if diff.new_required_failures() > 0 {
        Verdict::Nonconforming
    } else {
        Verdict::Conforming
    })
}
