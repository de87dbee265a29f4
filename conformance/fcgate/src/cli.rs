//! The command line.

mod arguments;
mod attach;
mod baseline;
mod demo;
mod environment;
mod examples;
mod explain;
mod export;
mod given;
mod init;
mod judged;
mod list;
mod matrix;
mod merge;
mod mutants;
mod output;
mod run;
mod run_options;
mod select;
mod selftest;
mod serve;
mod settings;
mod shell;
mod sign;
mod signals;
mod vector;
mod why;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_mutants::Mutated;
use fcgate_protocol::Implementation;
use fcgate_protocol::serve_adapter;
use fcgate_reference::Reference;
use fcgate_runner as runner;

use self::arguments::{Arguments, Command, SuperviseOptions};

/// Why a command ends without a result: the message, and the verdict that is its exit code.
#[derive(Debug)]
struct Failure {
    verdict: Verdict,
    message: String,
}

impl Failure {
    fn usage(message: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Config,
            message: message.into(),
        }
    }

    fn harness(message: &impl ToString) -> Self {
        Self {
            verdict: Verdict::Harness,
            message: message.to_string(),
        }
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = match arguments.command {
        Command::Run(options) => run::run(&Reference, &Files::embedded(), &options),
        Command::Baseline(options) => baseline::baseline(&Reference, &Files::embedded(), &options),
        Command::Merge(options) => merge::merge(&Files::embedded(), &options),
        Command::Matrix(options) => matrix::matrix(&options),
        Command::List(options) => list::list(&Files::embedded(), &options),
        Command::Explain(options) => explain::explain(&Files::embedded(), &options),
        Command::Vector(options) => vector::vector(&options),
        Command::Export(options) => export::export(&options),
        Command::Serve(options) => serve::serve(&Files::embedded(), &options),
        Command::Supervise(options) => return supervise(&options),
        Command::Reference(options) => reference(options.mutant.as_deref()),
        Command::Mutants(options) => mutants::mutants(&options),
        Command::Sign(options) => sign::sign(&options),
        Command::Why(options) => why::why(&options),
        Command::Init(options) => init::init(&options),
        Command::Demo(options) => demo::demo(&Reference, &Files::embedded(), &options),
        Command::Completions(options) => Ok(shell::completions(&options)),
        Command::Man(options) => shell::man(&options),
        Command::Selftest => selftest::selftest(&Reference, &Files::embedded()),
    };
    let verdict = ended.unwrap_or_else(|failure| {
        complain(&failure.message);
        failure.verdict
    });
    ExitCode::from(verdict.code())
}

/// Says what went wrong. Where nobody reads it, the exit code still tells.
fn complain(what: &impl std::fmt::Display) {
    let label = fc_conformance::report::styled_error();
    let _ = writeln!(anstream::stderr(), "{label}: {what}");
}

/// Says what is no error, and yet must not be overlooked.
fn note(what: &impl std::fmt::Display) {
    let label = fc_conformance::report::styled_note();
    let _ = writeln!(anstream::stderr(), "{label}: {what}");
}

/// Prints what a command found; a closed pipe is not an error of the gate.
fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

fn supervise(options: &SuperviseOptions) -> ExitCode {
    match options.command.split_first() {
        Some((program, arguments)) => runner::supervise(program, arguments),
        None => ExitCode::from(Verdict::Config.code()),
    }
}

fn reference(mutant: Option<&str>) -> Result<Verdict, Failure> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mutated = mutant
        .map(mutants::of_implementation)
        .transpose()?
        .map(|mutant| Mutated::new(&Reference, mutant));
    let implementation: &dyn Implementation = match &mutated {
        Some(mutated) => mutated,
        None => &Reference,
    };
    serve_adapter(implementation, input, output).map_err(|error| Failure::harness(&error))?;
    Ok(Verdict::Conforming)
}
