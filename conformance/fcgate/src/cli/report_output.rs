//! Writes the reports of a command to files and to the pages of GitHub Actions.

use std::time::Duration;

use crate::writers::{Kind, annotations};
use fc_conformance::report::{Report, Verbosity};
use fcgate_cases::corpus::Corpus;

use super::console::print;
use super::environment;
use super::failure::Failure;
use super::report_options::{ReportOptions, ReportTarget};

/// The reports to write.
#[derive(Debug)]
pub(super) struct ReportOutput<'a> {
    targets: &'a [ReportTarget],
    pub(super) verbosity: Verbosity,
}

impl<'a> ReportOutput<'a> {
    /// Checks, before anything runs, that every target can be written.
    pub(super) fn check_targets(options: &'a ReportOptions) -> Result<Self, Failure> {
        for target in &options.report {
            crate::writers::check(&target.path)?;
        }
        Ok(Self {
            targets: &options.report,
            verbosity: options.verbosity(),
        })
    }

    /// Writes every report. If one fails, the others are still written. Returns the first error.
    pub(super) fn write(
        &self,
        report: &Report,
        corpus: &Corpus,
        timings: Option<&[(String, Duration)]>,
    ) -> Result<(), Failure> {
        let mut written = Ok(());
        for target in self.targets {
            let one = crate::writers::write(target.kind, report, corpus, timings, &target.path);
            written = written.and(one);
        }
        if let Some(path) = environment::step_summary() {
            let one = crate::writers::append(Kind::Md, report, corpus, &path);
            written = written.and(one);
        }
        written.map_err(Failure::from)
    }
}

/// Prints the annotations of GitHub Actions if GitHub Actions runs the gate.
pub(super) fn annotate(report: &Report, corpus: &Corpus) {
    if environment::github_actions() {
        print(&annotations(report, corpus));
    }
}
