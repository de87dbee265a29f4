//! `fcgate supervise`: the hidden command that the runner starts in a process namespace.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Args;

use fc_conformance::verdict::Verdict;
use fcgate_runner as runner;

#[derive(Debug, Args)]
pub(super) struct SuperviseOptions {
    /// The program and its arguments
    #[arg(required = true, last = true)]
    command: Vec<OsString>,
}

/// Runs the program as the first process of a namespace and returns its exit code.
pub(super) fn supervise(options: &SuperviseOptions) -> ExitCode {
    match options.command.split_first() {
        Some((program, arguments)) => runner::supervise(program, arguments),
        None => ExitCode::from(Verdict::Config.code()),
    }
}
