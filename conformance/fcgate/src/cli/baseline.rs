//! `fcgate baseline`: proposes the known-failures file with which a run passes.

use fc_conformance::known::{Known, check_issue};
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_http::clock;
use fcgate_protocol::Implementation;

use clap::Args;

use super::console::print;
use super::failure::Failure;
use super::run_options::RunOptions;
use super::run_session::run_session;

#[derive(Debug, Args)]
pub(super) struct BaselineOptions {
    /// Write the known-failures file instead of printing it
    #[arg(long)]
    write: bool,
    /// The issue that tracks the failures, for the new entries
    #[arg(long, value_name = "URL", value_parser = issue)]
    issue: Option<String>,
    #[command(flatten)]
    run: RunOptions,
}

pub(super) fn baseline(
    implementation: &dyn Implementation,
    files: &Files,
    options: &BaselineOptions,
) -> Result<Verdict, Failure> {
    options.run.reports.color.apply();
    let run = &options.run;
    if run.fail_fast || run.rerun_failed.is_some() || run.repeat > 1 {
        return Err(Failure::usage(
            "baseline runs every case once: remove --fail-fast, --rerun-failed and --repeat",
        ));
    }
    let finished = run_session(implementation, files, &options.run)?;
    // An unfinished run does not show which failures are known.
    if !matches!(
        finished.report.verdict,
        Verdict::Conforming | Verdict::Nonconforming
    ) {
        let verdict = finished.report.verdict;
        let message = match &finished.fault {
            Some(fault) => fault.to_string(),
            None => format!("the run is {verdict}; no known failures are proposed"),
        };
        return Err(Failure { verdict, message });
    }
    let file = &finished.settings.known;
    let proposal = Known::baseline(
        file.text.as_deref(),
        &finished.found,
        &finished.corpus,
        finished.rules,
        clock::today(),
        options.issue.as_deref(),
    )
    .map_err(|error| Failure::usage(error.to_string()))?;
    if options.write {
        crate::writers::write_text(&file.path, &proposal)?;
        print(&format!("wrote {}\n", file.path.display()))?;
    } else {
        print(&proposal)?;
    }
    Ok(Verdict::Conforming)
}

/// Checks the issue before the run, which may take long.
fn issue(text: &str) -> Result<String, String> {
    check_issue(text).map(|()| text.to_owned())
}
