//! Where a report goes: files, the terminal, the pages of a CI.

use std::time::Duration;

use crate::corpus::Corpus;
use crate::report::{Report, Verbosity, write_json};

use super::Failure;
use super::arguments::{Color, MergeOptions};
use super::run_options::{ReportTarget, RunOptions};

/// The reports that were asked for.
#[derive(Debug)]
pub(super) struct Output<'a> {
    targets: &'a [ReportTarget],
    pub(super) verbosity: Verbosity,
}

impl<'a> Output<'a> {
    pub(super) fn of(options: &'a RunOptions) -> Self {
        Self {
            targets: &options.report,
            verbosity: verbosity(options.quiet, options.verbose),
        }
    }

    pub(super) fn of_merge(options: &'a MergeOptions) -> Self {
        Self {
            targets: &options.report,
            verbosity: verbosity(options.quiet, options.verbose),
        }
    }

    pub(super) fn check(&self) -> Result<(), Failure> {
        let _ = self.targets;
        Ok(())
    }

    pub(super) fn write(
        &self,
        report: &Report,
        _corpus: &Corpus,
        _timings: &[(String, Duration)],
    ) -> Result<(), Failure> {
        for target in self.targets {
            write_json(report, &target.path).map_err(|error| {
                Failure::harness(&format!(
                    "report {} is not written: {error}",
                    target.path.display()
                ))
            })?;
        }
        Ok(())
    }
}

pub(super) fn annotate(_report: &Report, _corpus: &Corpus) {}

pub(super) fn color(color: Color) {
    match color {
        Color::Auto => anstream::ColorChoice::Auto.write_global(),
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
}

fn verbosity(quiet: bool, verbose: bool) -> Verbosity {
    if quiet {
        Verbosity::Quiet
    } else if verbose {
        Verbosity::Verbose
    } else {
        Verbosity::Normal
    }
}
