//! `fcgate merge`: merges the reports of all shards into one.

use std::path::PathBuf;

use clap::Args;

use fc_conformance::property;
use fc_conformance::report;
use fc_conformance::report::{MergeError, ShardReport};
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_cases::startup_check;

use super::failure::Failure;
use super::report_inputs::read_reports;
use super::report_options::ReportOptions;
use super::report_output::ReportOutput;

#[derive(Debug, Args)]
pub(super) struct MergeOptions {
    /// The JSON report of every shard
    #[arg(required = true, value_name = "REPORT")]
    shards: Vec<PathBuf>,
    #[command(flatten)]
    reports: ReportOptions,
}

pub(super) fn merge(files: &Files, options: &MergeOptions) -> Result<Verdict, Failure> {
    options.reports.color.apply();
    let output = ReportOutput::check_targets(&options.reports, [])?;
    let corpus =
        startup_check::load_checked_corpus(files).map_err(|error| Failure::harness(&error))?;
    let shards = read_reports(&options.shards)?
        .iter()
        .map(|(name, text)| ShardReport::read(text, name).map_err(|error| incomplete(&error)))
        .collect::<Result<Vec<_>, _>>()?;
    let corpus = if shards.iter().any(ShardReport::has_properties) {
        property::with_families(corpus)
    } else {
        corpus
    };
    let mut merged = report::merge(&shards, &corpus).map_err(|error| incomplete(&error))?;
    output.publish(&mut merged, &corpus, None)?;
    Ok(merged.verdict)
}

fn incomplete(error: &MergeError) -> Failure {
    Failure {
        verdict: Verdict::Incomplete,
        message: error.to_string(),
    }
}
