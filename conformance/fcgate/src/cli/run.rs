//! `fcgate run`: runs the cases and writes the reports.

use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_protocol::Implementation;

use super::console;
use super::failure::Failure;
use super::report_output::ReportOutput;
use super::run_options::RunOptions;
use super::run_session::run_session;
use super::settings::Settings;

pub(super) fn run(
    implementation: &dyn Implementation,
    files: &Files,
    options: &RunOptions,
) -> Result<Verdict, Failure> {
    options.reports.color.apply();
    let output = ReportOutput::check_targets(&options.reports, Settings::of(options)?.files())?;
    let mut finished = run_session(implementation, files, options)?;
    let timings = Some(finished.timings.as_slice());
    let published = output.publish(&mut finished.report, &finished.corpus, timings);
    if let Some(fault) = &finished.fault {
        console::error(fault);
    }
    published.map(|()| finished.report.verdict)
}
