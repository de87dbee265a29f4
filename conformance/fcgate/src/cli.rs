//! The command line.

mod arguments;
mod baseline;
mod ci_system;
mod color_option;
mod completions;
mod console;
mod demo;
mod diff;
mod earlier_failures;
mod environment;
mod explain;
mod explain_request;
mod export;
mod failure;
mod files;
mod format_option;
mod help_examples;
mod history;
mod init;
mod key_redaction;
mod list;
mod loopback_address;
mod man_pages;
mod matrix;
mod merge;
mod mutants;
mod prepare;
mod provenance_options;
mod reference;
mod report_inputs;
mod report_options;
mod report_output;
mod report_paths;
mod run;
mod run_options;
mod run_session;
mod run_subject;
mod selection;
mod selftest;
mod serve;
mod serve_automation;
mod serve_functions;
mod serve_log;
mod serve_servers;
mod settings;
mod sign;
mod supervise;
mod time_summary;
mod usage_error;
mod vector;
mod why;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_reference::Reference;

use self::arguments::{Arguments, Command};

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    if let Err(error) = fcgate_runner::handle_inherited_signals() {
        console::error(&format!("cannot handle signals: {error}"));
        return ExitCode::from(Verdict::Harness.code());
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage_error::report(&error),
    };
    let result = match arguments.command {
        Command::Run(options) => run::run(&Reference, &Files::embedded(), &options),
        Command::Baseline(options) => baseline::baseline(&Reference, &Files::embedded(), &options),
        Command::Merge(options) => merge::merge(&Files::embedded(), &options),
        Command::Diff(options) => diff::diff(&options),
        Command::History(options) => history::history(&options),
        Command::Matrix(options) => matrix::matrix(&Files::embedded(), &options),
        Command::List(options) => list::list(&Files::embedded(), options),
        Command::Explain(options) => explain::explain(&Files::embedded(), &options),
        Command::Vector(options) => vector::vector(&options),
        Command::Export(options) => export::export(&options),
        Command::Serve(options) => serve::serve(&Files::embedded(), &options),
        Command::Supervise(options) => return supervise::supervise(&options),
        Command::Reference(options) => reference::reference(&Reference, &options),
        Command::Mutants(options) => mutants::mutants(options),
        Command::Sign(options) => sign::sign(&options),
        Command::Why(options) => why::why(&options),
        Command::Init(options) => init::init(&options),
        Command::Demo(options) => demo::demo(&Reference, &Files::embedded(), &options),
        Command::Completions(options) => completions::completions(&Arguments::command(), &options),
        Command::Man(options) => man_pages::man(Arguments::command(), &options),
        Command::Selftest => selftest::selftest(&Reference, &Files::embedded()),
    };
    let verdict = result.unwrap_or_else(|failure| {
        console::error(&failure.message);
        failure.verdict
    });
    ExitCode::from(verdict.code())
}
