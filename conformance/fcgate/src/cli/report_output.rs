//! Writes the reports of a command to files and to the pages of GitHub Actions.

use std::time::Duration;

use crate::writers::{Kind, annotations};
use fc_conformance::report::{Report, Verbosity, text};
use fcgate_cases::corpus::Corpus;

use super::console::{print, print_to_stderr};
use super::environment;
use super::failure::Failure;
use super::report_options::{ReportOptions, ReportTarget};
use super::report_paths::{UsedFile, different_paths};

/// The reports to write.
#[derive(Debug)]
pub(super) struct ReportOutput<'a> {
    targets: &'a [ReportTarget],
    pub(super) verbosity: Verbosity,
    /// Whether the text goes to standard error, because a program reads standard output.
    pub(super) text_on_stderr: bool,
}

impl<'a> ReportOutput<'a> {
    /// Checks, before anything runs, that every target can be written, and that it is none of the files that the command
    /// uses.
    pub(super) fn check_targets(
        options: &'a ReportOptions,
        used: impl IntoIterator<Item = UsedFile>,
    ) -> Result<Self, Failure> {
        let summary = environment::step_summary().map(|path| UsedFile {
            what: "the summary of this step in GitHub Actions",
            path,
        });
        let used: Vec<UsedFile> = used.into_iter().chain(summary).collect();
        different_paths(&options.report, &used)?;
        for target in &options.report {
            crate::writers::check(&target.path)?;
        }
        Ok(Self {
            targets: &options.report,
            verbosity: options.verbosity(),
            text_on_stderr: false,
        })
    }

    /// Writes every report and prints the text. If one of them fails, the files that can be written have the verdict
    /// and the reason. Returns the first error.
    pub(super) fn publish(
        &self,
        report: &mut Report,
        corpus: &Corpus,
        timings: Option<&[(String, Duration)]>,
    ) -> Result<(), Failure> {
        let written = self.write(report, corpus, timings);
        self.print_after(written, report, corpus, timings)
    }

    /// Prints the text after the files were written, with this result.
    pub(super) fn print_after(
        &self,
        written: Result<(), Failure>,
        report: &mut Report,
        corpus: &Corpus,
        timings: Option<&[(String, Duration)]>,
    ) -> Result<(), Failure> {
        if let Err(failure) = &written {
            report.gate_failed(failure.verdict, &failure.message);
        }
        let print = if self.text_on_stderr {
            print_to_stderr
        } else {
            print
        };
        let printed = print(&text(report, corpus, self.verbosity));
        let result = written.and(printed.and_then(|()| annotate(report, corpus, print)));
        if let Err(failure) = &result {
            report.gate_failed(failure.verdict, &failure.message);
            // The first error is reported; these files already exist, or fail for the same reason.
            let _ = self.write_files(report, corpus, timings);
        }
        result
    }

    /// Writes every report. If one fails, the others are still written. Returns the first error.
    pub(super) fn write(
        &self,
        report: &Report,
        corpus: &Corpus,
        timings: Option<&[(String, Duration)]>,
    ) -> Result<(), Failure> {
        let mut written = self.write_files(report, corpus, timings);
        if let Some(path) = environment::step_summary() {
            let one = crate::writers::append(Kind::Md, report, corpus, &path);
            written = written.and(one.map_err(Failure::from));
        }
        written
    }

    fn write_files(
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
        written.map_err(Failure::from)
    }
}

/// Prints the annotations of GitHub Actions if GitHub Actions runs the gate.
fn annotate(
    report: &Report,
    corpus: &Corpus,
    print: fn(&str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if environment::github_actions() {
        print(&annotations(report, corpus))?;
    }
    Ok(())
}
