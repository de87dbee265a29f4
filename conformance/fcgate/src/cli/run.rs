//! `fcgate run`.

use fc_conformance::report::text;
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_protocol::Implementation;

use super::judged::judge;
use super::output::{self, Output};
use super::run_options::RunOptions;
use super::{Failure, print};

pub(super) fn run(
    implementation: &dyn Implementation,
    files: &Files,
    options: &RunOptions,
) -> Result<Verdict, Failure> {
    let output = Output::of(options);
    output::color(options.color);
    output.check()?;
    let mut judged = judge(implementation, files, options)?;
    let written = output.write(&judged.report, &judged.corpus, Some(&judged.timings));
    if let Err(failure) = &written {
        judged.report.worsen(failure.verdict);
    }
    print(&text(&judged.report, &judged.corpus, output.verbosity));
    if let Some(fault) = &judged.fault {
        super::complain(fault);
    }
    output::annotate(&judged.report, &judged.corpus);
    written.map(|()| judged.report.verdict)
}
