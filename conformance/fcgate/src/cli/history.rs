//! `fcgate history`: compares the releases of one client.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::writers::{History, NotJudged};
use fc_conformance::verdict::Verdict;

use super::console::print;
use super::failure::Failure;
use super::report_inputs::read_reports;

#[derive(Debug, Args)]
pub(super) struct HistoryOptions {
    /// The JSON report of each release, in any order
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// Name a release that could not be judged, and why
    #[arg(long, value_name = "VERSION=REASON")]
    not_judged: Vec<NotJudged>,
    /// The output format
    #[arg(long, value_enum, default_value_t = HistoryFormat::Text)]
    format: HistoryFormat,
    /// Write the history to FILE instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum HistoryFormat {
    Text,
    Md,
    Json,
}

pub(super) fn history(options: &HistoryOptions) -> Result<Verdict, Failure> {
    let reports = read_reports(&options.reports)?;
    let history = History::read(&reports, options.not_judged.clone())
        .map_err(|error| Failure::usage(error.to_string()))?;
    let text = match options.format {
        HistoryFormat::Text => history.text(),
        HistoryFormat::Md => history.markdown(),
        HistoryFormat::Json => history.json().map_err(|error| Failure::harness(&error))?,
    };
    match &options.output {
        Some(path) => crate::writers::write_text(path, &text)?,
        None => print(&text)?,
    }
    Ok(Verdict::Conforming)
}
