//! `fcgate serve`: runs the fake endpoint until a signal or a timeout.

use std::net::SocketAddr;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::serve::{Bodies, Options, Server};
use fc_conformance::report::{Verbosity, text};
use fc_conformance::verdict::{Rules, Verdict};
use fcgate_cases::corpus::Files;
use fcgate_cases::startup_check;
use fcgate_protocol::REVISIONS;

use super::console::{self, print};
use super::failure::Failure;
use super::report_options::ReportOptions;
use super::report_output::{ReportOutput, annotate};
use super::run_options::{GatingLevel, seconds};
use super::signals::SignalWatch;

#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    /// The loopback address to listen on; port 0 selects a free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0", value_parser = loopback)]
    listen: SocketAddr,
    /// Exit after this many seconds without a request
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    until_idle: Option<Duration>,
    /// The fields of error bodies
    #[arg(long, value_enum, default_value_t = Family::Both)]
    bodies: Family,
    /// Require that every request uses this API revision
    #[arg(long, value_parser = PossibleValuesParser::new(REVISIONS))]
    revision: Option<String>,
    /// The lowest level that can fail the run
    #[arg(long, value_enum, default_value_t = GatingLevel::Must)]
    level: GatingLevel,
    #[command(flatten)]
    reports: ReportOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Family {
    /// `ErrorCode` and `ErrorMessage`, and `Code`, `Message` and `RequestId`
    Both,
    /// `ErrorCode` and `ErrorMessage`
    Fc,
    /// `Code`, `Message` and `RequestId`
    Code,
}

impl From<Family> for Bodies {
    fn from(family: Family) -> Self {
        match family {
            Family::Both => Self::Both,
            Family::Fc => Self::Fc,
            Family::Code => Self::Code,
        }
    }
}

pub(super) fn serve(files: &Files, options: &ServeOptions) -> Result<Verdict, Failure> {
    options.reports.color.apply();
    let output = ReportOutput::checked(&options.reports)?;
    let corpus =
        startup_check::load_checked_corpus(files).map_err(|error| Failure::harness(&error))?;
    let mut how = Options::new();
    how.bodies = options.bodies.into();
    how.revision.clone_from(&options.revision);
    let server = Server::start(options.listen, how, console::log).map_err(|error| {
        let message = format!("cannot listen on {}: {error}", options.listen);
        Failure::harness(&message)
    })?;
    let stopper = server.stopper();
    let _signals = SignalWatch::start(move || stopper.stop())
        .map_err(|error| Failure::harness(&format!("signals cannot be watched: {error}")))?;
    if output.verbosity == Verbosity::Quiet {
        print(&format!("listening on http://{}\n", server.address()));
    } else {
        print(&server.introduction());
        print("\nevery request is logged to standard error; stop with Ctrl-C\n");
    }
    // A program that started the server waits for these lines.
    console::flush();
    server.wait(options.until_idle);
    let mut rules = Rules::new();
    rules.level = options.level.into();
    let mut seen = server.end(&corpus, rules);
    let written = output.write(&seen.report, &seen.corpus, None);
    if let Err(failure) = &written {
        seen.report.worsen(failure.verdict);
    }
    if output.verbosity > Verbosity::Quiet && !seen.table.is_empty() {
        print(&format!("\ncalls\n{}\n", seen.table));
    }
    print(&text(&seen.report, &seen.corpus, output.verbosity));
    annotate(&seen.report, &seen.corpus);
    written.map(|()| seen.report.verdict)
}

/// Parses a loopback address. Other addresses are rejected, because any client could write into the report.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| "expected 127.0.0.1:PORT".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("expected a loopback address, e.g. 127.0.0.1:8080".to_owned())
    }
}
