//! `fcgate serve`: runs the fake endpoint until a signal or a timeout.

use std::fs;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use fc_conformance::report::Verbosity;
use fc_conformance::report::totals::counted;
use fc_conformance::verdict::{Rules, Verdict};
use fc_local::{Bodies, Options, Server, SessionHeaderName, TaskPace};
use fcgate_cases::corpus::Files;
use fcgate_cases::startup_check;
use fcgate_protocol::REVISIONS;
use fcgate_runner::SignalWatch;

use super::failure::Failure;
use super::loopback_address::loopback;
use super::report_options::ReportOptions;
use super::report_output::ReportOutput;
use super::report_paths::UsedFile;
use super::run_options::{GatingLevel, seconds};
use super::serve_automation::{AutomationOptions, stop_at_end_of_stdin};
use super::serve_functions::{self, GivenFunction};
use super::serve_log::{Incomplete, Log};
use super::serve_servers::ServerOptions;

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
    /// Accept any time of a request, for tests with a frozen clock and for recorded requests
    #[arg(long)]
    any_time: bool,
    /// Write every request into a file of this folder, for `fcgate why`
    #[arg(long, value_name = "FOLDER")]
    record: Option<PathBuf>,
    /// Speak TLS, and write the CA certificate (PEM) that the client must trust into this file
    #[arg(long, value_name = "CA_FILE")]
    tls: Option<PathBuf>,
    /// Move tasks to their next state after this many seconds, and not with each poll
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    task_step: Option<Duration>,
    /// Hide the record of a new task from this many polls
    #[arg(long, value_name = "POLLS", default_value_t = 0)]
    hide_tasks: u32,
    /// The header that carries the session id for the functions with session affinity
    #[arg(long, value_name = "NAME", default_value_t)]
    session_header: SessionHeaderName,
    /// A function of your own, e.g. `resize=echo`, `orders/resize.prod=body:done` or `*=echo`
    #[arg(long = "function", value_name = "NAME=BEHAVIOUR")]
    functions: Vec<GivenFunction>,
    #[command(flatten)]
    servers: ServerOptions,
    #[command(flatten)]
    automation: AutomationOptions,
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

/// The file of the CA certificate, and the ready file.
fn used_files(options: &ServeOptions) -> impl Iterator<Item = UsedFile> {
    let certificate = options.tls.clone().map(|path| UsedFile {
        what: "the file of the CA certificate",
        path,
    });
    certificate
        .into_iter()
        .chain(options.automation.used_file())
}

pub(super) fn serve(files: &Files, options: &ServeOptions) -> Result<Verdict, Failure> {
    options.reports.color.apply();
    let mut output = ReportOutput::check_targets(&options.reports, used_files(options))?;
    output.text_on_stderr = options.automation.ready_json;
    let corpus =
        startup_check::load_checked_corpus(files).map_err(|error| Failure::harness(&error))?;
    let mut how = Options::new();
    how.bodies = options.bodies.into();
    how.revision.clone_from(&options.revision);
    if let Some(folder) = &options.record {
        fs::create_dir_all(folder).map_err(|error| {
            let folder = folder.display();
            Failure::harness(&format!("cannot create the folder {folder}: {error}"))
        })?;
    }
    how.record.clone_from(&options.record);
    how.any_time = options.any_time;
    how.tls = options.tls.is_some();
    how.task_pace = options.task_step.map_or(TaskPace::Polls, TaskPace::Clock);
    how.hidden_task_polls = options.hide_tasks;
    how.session_header = options.session_header.clone();
    how.control = options.automation.control;
    how.functions = serve_functions::read(&options.functions, &options.servers)?;
    how.functions
        .begin()
        .map_err(|error| Failure::usage(error.to_string()))?;
    let console = Console::default();
    let log = Log::start()
        .map_err(|error| Failure::harness(&format!("the log cannot be started: {error}")))?;
    let blocks = log.clone();
    let server = Server::start(options.listen, how, move |block| blocks.write(block));
    let server = server.map_err(|error| {
        let message = format!("cannot listen on {}: {error}", options.listen);
        Failure::harness(&message)
    })?;
    if let (Some(file), Some(certificate)) = (&options.tls, server.ca_certificate()) {
        fs::write(file, certificate).map_err(|error| {
            let file = file.display();
            Failure::harness(&format!("cannot write the CA certificate {file}: {error}"))
        })?;
    }
    let stopper = server.stopper();
    if options.automation.until_stdin_closes {
        let stopper = server.stopper();
        stop_at_end_of_stdin(move || stopper.stop()).map_err(|error| {
            Failure::harness(&format!("standard input cannot be watched: {error}"))
        })?;
    }
    let _signals = SignalWatch::start(move || stopper.stop())
        .map_err(|error| Failure::harness(&format!("signals cannot be watched: {error}")))?;
    let ready = server.ready_line(options.tls.as_deref());
    let _ready_file = options.automation.write_ready_file(&ready)?;
    if options.automation.ready_json {
        console.print(&ready);
    } else if output.verbosity == Verbosity::Quiet {
        console.print(&format!("listening on {}\n", server.url()));
    } else {
        let stop = "\nevery request is logged to standard error; stop with Ctrl-C\n";
        console.print(&format!("{}{stop}", server.introduction()));
    }
    server.wait(options.until_idle);
    let mut rules = Rules::new();
    rules.level = options.level.into();
    let mut seen = server.end(&corpus, rules);
    match log.end() {
        Some(Incomplete::Failed(error)) => {
            console.keep(format!(
                "the log on standard error cannot be written: {error}"
            ));
        }
        // An error would go to the same standard error, and wait for its reader.
        Some(Incomplete::NotRead(blocks)) => {
            seen.report.worsen(Verdict::Harness);
            seen.report.warnings.push(format!(
                "standard error was not read: {} of the log were not written",
                counted(usize::try_from(blocks).unwrap_or(usize::MAX), "block")
            ));
        }
        None => {}
    }
    let print_at_end = |text: &str| {
        if options.automation.ready_json {
            console.write(anstream::stderr(), "standard error", text);
        } else {
            console.print(text);
        }
    };
    let written = output.write(&seen.report, &seen.corpus, None);
    let written = written.and(console.result());
    if output.verbosity > Verbosity::Quiet && !seen.table.is_empty() {
        print_at_end(&format!("\ncalls\n{}\n", seen.table));
    }
    // After a long session many requests have one result together.
    if seen.counted_requests > 0 {
        let (requests, failed) = (seen.requests, seen.failed_requests);
        print_at_end(&format!(
            "{requests} requests, {failed} of them with a failed check\n"
        ));
    }
    let written = written.and(console.result());
    output.print_after(written, &mut seen.report, &seen.corpus, None)?;
    Ok(seen.report.verdict)
}

/// Writes to standard output, and keeps the first error.
#[derive(Default)]
struct Console(Mutex<Option<String>>);

impl Console {
    /// Prints to standard output. The text is flushed, because a program that started the server waits for it.
    fn print(&self, text: &str) {
        self.write(anstream::stdout(), "standard output", text);
    }

    fn write(&self, mut to: impl Write, name: &str, text: &str) {
        if let Err(error) = to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
            self.keep(format!("{name} cannot be written: {error}"));
        }
    }

    /// Keeps an error, if it is the first.
    fn keep(&self, message: String) {
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert(message);
    }

    /// The first error.
    fn result(&self) -> Result<(), Failure> {
        let first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first
            .as_ref()
            .map_or(Ok(()), |message| Err(Failure::harness(message)))
    }
}
