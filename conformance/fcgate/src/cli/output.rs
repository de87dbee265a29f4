//! Where a report goes: files, the terminal, the pages of a CI.

use std::time::Duration;

use crate::writers::{Kind, Manner, StandardError, annotations};
use fc_conformance::report::{Report, Verbosity};
use fcgate_cases::corpus::Corpus;

use super::arguments::{Color, MergeOptions};
use super::run_options::{ReportTarget, RunOptions};
use super::{Failure, environment, print};

/// The reports that were asked for.
#[derive(Debug)]
pub(super) struct Output<'a> {
    targets: &'a [ReportTarget],
    pub(super) verbosity: Verbosity,
}

impl<'a> Output<'a> {
    pub(super) fn of(options: &'a RunOptions) -> Self {
        Self::to(&options.report, options.quiet, options.verbose)
    }

    pub(super) fn of_merge(options: &'a MergeOptions) -> Self {
        Self::to(&options.report, options.quiet, options.verbose)
    }

    pub(super) fn to(targets: &'a [ReportTarget], quiet: bool, verbose: bool) -> Self {
        Self {
            targets,
            verbosity: verbosity(quiet, verbose),
        }
    }

    /// Refuses, before anything runs, what must not be written to.
    pub(super) fn check(&self) -> Result<(), Failure> {
        for target in self.targets {
            crate::writers::check(&target.path).map_err(|error| failure(&error))?;
        }
        Ok(())
    }

    /// Writes every report; what cannot be written keeps none of the others from being written.
    pub(super) fn write(
        &self,
        report: &Report,
        corpus: &Corpus,
        timings: Option<&[(String, Duration)]>,
    ) -> Result<(), Failure> {
        let mut written = Ok(());
        for target in self.targets {
            let one = crate::writers::write(target.kind, report, corpus, timings, &target.path);
            written = written.and(one.map_err(|error| failure(&error)));
        }
        if let Some(path) = environment::step_summary() {
            let one = crate::writers::append(Kind::Md, report, corpus, &path);
            written = written.and(one.map_err(|error| failure(&error)));
        }
        written
    }
}

pub(super) fn failure(error: &crate::writers::WriteError) -> Failure {
    if error.is_usage() {
        Failure::usage(error.to_string())
    } else {
        Failure::harness(error)
    }
}

/// The annotations of GitHub Actions, where it runs the gate.
pub(super) fn annotate(report: &Report, corpus: &Corpus) {
    if environment::github_actions() {
        print(&annotations(report, corpus));
    }
}

/// How a run is told while it goes.
pub(super) fn progress(options: &RunOptions) -> StandardError {
    StandardError::new(if options.quiet {
        Manner::Quiet
    } else {
        Manner::of_standard_error()
    })
}

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
