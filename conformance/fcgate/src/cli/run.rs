//! `fcgate run`: runs the cases and writes the reports.

use fc_conformance::report::text;
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_protocol::Implementation;

use super::console::{self, print};
use super::failure::Failure;
use super::report_output::{ReportOutput, annotate};
use super::run_options::RunOptions;
use super::run_session::run_session;

pub(super) fn run(
    implementation: &dyn Implementation,
    files: &Files,
    options: &RunOptions,
) -> Result<Verdict, Failure> {
    options.reports.color.apply();
    let output = ReportOutput::check_targets(&options.reports)?;
    let mut finished = run_session(implementation, files, options)?;
    let written = output.write(&finished.report, &finished.corpus, Some(&finished.timings));
    if let Err(failure) = &written {
        finished.report.worsen(failure.verdict);
    }
    print(&text(&finished.report, &finished.corpus, output.verbosity));
    if let Some(fault) = &finished.fault {
        console::error(fault);
    }
    annotate(&finished.report, &finished.corpus);
    written.map(|()| finished.report.verdict)
}
