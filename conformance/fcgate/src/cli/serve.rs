//! `fcgate serve`.

use std::net::SocketAddr;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::serve::{Bodies, Options, Server};
use fc_conformance::report::{Verbosity, text};
use fc_conformance::verdict::{Rules, Verdict};
use fcgate_cases::corpus::Files;
use fcgate_cases::self_check;
use fcgate_protocol::REVISIONS;

use super::console::{self, print};
use super::failure::Failure;
use super::report_options::ReportOptions;
use super::report_output::{ReportOutput, annotate};
use super::run_options::{GatingLevel, seconds};
use super::signals::SignalWatch;

#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    /// The loopback address to listen at; port 0 is any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0", value_parser = loopback)]
    listen: SocketAddr,
    /// End when no request came for so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    until_idle: Option<Duration>,
    /// The readers that an error body serves
    #[arg(long, value_enum, default_value_t = Family::Both)]
    bodies: Family,
    /// Demand that every request is of one API revision
    #[arg(long, value_parser = PossibleValuesParser::new(REVISIONS))]
    revision: Option<String>,
    /// The lowest level that gates
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
    let corpus = self_check::sound_corpus(files).map_err(|error| Failure::harness(&error))?;
    let mut how = Options::new();
    how.bodies = options.bodies.into();
    how.revision.clone_from(&options.revision);
    let server = Server::start(options.listen, how, console::log).map_err(|error| {
        let message = format!("no server at {}: {error}", options.listen);
        Failure::harness(&message)
    })?;
    let stopper = server.stopper();
    let _signals = SignalWatch::start(move || stopper.stop())
        .map_err(|error| Failure::harness(&format!("signals cannot be watched: {error}")))?;
    if output.verbosity == Verbosity::Quiet {
        print(&format!("listening on http://{}\n", server.address()));
    } else {
        print(&server.introduction());
        print("\nevery request is told on standard error; end with Ctrl-C\n");
    }
    // Who starts it in a pipe waits for these lines.
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
        print(&format!("\nwhat was called\n{}\n", seen.table));
    }
    print(&text(&seen.report, &seen.corpus, output.verbosity));
    annotate(&seen.report, &seen.corpus);
    written.map(|()| seen.report.verdict)
}

/// Whoever can reach the server can fill its report: it is for this machine.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| "it has the form 127.0.0.1:PORT".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("it is not a loopback address".to_owned())
    }
}
