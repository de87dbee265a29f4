//! Repository automation: `cargo xtask ci`, `tidy`, `cycles`, `selftest`, `sdks`, `subjects`, `record`.
//!
//! It depends on nothing of the repository, so that it can judge all of it. Please add no dependency
//! that a few lines can do without.

mod ci;
mod identical;
mod programs;
mod record;
mod sdks;
mod selftest;
mod subjects;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "xtask", about = "Repository automation")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check what a change must hold beside its tests: format, lints, documents, rules, the gate
    Ci,
    /// Check the repository's rules: edges, lengths, versions, sources, licences
    Tidy,
    /// Print the import cycles between source files; exit code 1 if there are any
    Cycles,
    /// Run the gate's self-test and compare its tables with docs/checks-and-mutants.md
    Selftest {
        /// Write the document instead
        #[arg(long)]
        write: bool,
    },
    /// Send the recorded calls again with the official SDKs and rewrite the recordings
    Record(record::Args),
    /// Install the official SDKs that are judged, each as it is pinned
    Sdks,
    /// Judge the official SDKs: green by their known failures, red without
    Subjects(subjects::Args),
}

#[expect(clippy::print_stderr, reason = "a command says why it failed")]
fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Ci => ci::run(),
        Command::Tidy => tidy::run(),
        Command::Cycles => tidy::cycles(),
        Command::Selftest { write } => selftest::run(write),
        Command::Sdks => sdks::run(),
        Command::Subjects(args) => subjects::run(&args),
        Command::Record(args) => record::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
