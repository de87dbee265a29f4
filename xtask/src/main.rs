//! Repository automation: `cargo xtask ci`, `bench`, `tidy`, `cycles`, `evidence`, `release`, `selftest`, `dist`, `windows`, `workflows`, `site`, `drift`, `sdks`, `local-examples`, `subjects`, `history`, `record`, `sanitize`, `msrv`, `advisories`, `fuzz`, `coverage`, `mutate`.
//!
//! It depends on no other package of the repository, because it checks all of them. Add a dependency only if a few lines
//! of code cannot replace it.

mod bench;
mod built;
mod ci;
mod coverage;
mod dependencies;
mod dist;
mod drift;
mod evidence;
mod fuzz;
mod gate;
mod generated_page;
mod history;
mod identical;
mod local_examples;
mod msrv;
mod mutate;
mod other_systems;
mod programs;
mod record;
mod release;
mod sanitize;
mod sdks;
mod selftest;
mod site;
mod stopwatch;
mod subjects;
mod tidy;
mod toolchain;
mod workflows;

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
    /// Run everything that a change must pass, except the tests of the workspace
    Ci,
    /// Measure what operations of the protocol crates cost, or compare the counts with their budgets
    Bench(bench::Args),
    /// Look for inputs that break a promise, with the fuzz targets of conformance/fuzz
    Fuzz(fuzz::Args),
    /// Measure which lines the tests of a package run, and compare with the limits in xtask/coverage.toml
    Coverage(coverage::Args),
    /// Change the code of a package in every way that cargo-mutants knows, and check that a test fails each time
    Mutate(mutate::Args),
    /// Check the rules of the repository: dependencies between packages, lengths, versions, sources of fixtures
    Tidy,
    /// Print the import cycles between source files; exit code 1 if there are any
    Cycles,
    /// Check that the evidence of every requirement and case shows what it is cited for, and that every promise of the documents has tests that run
    Evidence,
    /// Check the pages and the public interface of the published crates against their sources
    Release {
        /// Write README.md and public-api.txt of every crate instead of comparing them
        #[arg(long)]
        write: bool,
        /// Also check the combinations of features, the packages, the minimal versions and wasm32
        #[arg(long)]
        full: bool,
    },
    /// Run the gate's self-test and compare its tables with docs/checks-and-mutants.md
    Selftest {
        /// Write the document instead of comparing it
        #[arg(long)]
        write: bool,
    },
    /// Check docs/requirements.md and every internal link, and build the documents as a site in target/site/book
    Site {
        /// Write docs/requirements.md and the copied code blocks instead of comparing them
        #[arg(long)]
        write: bool,
    },
    /// Build the packages that users install, into target/dist: archives, wheels, npm and Debian packages
    Dist(dist::Args),
    /// Build the program for Windows, run it under Wine, and compare its reports with those of this machine
    Windows,
    /// Check the workflows of GitHub Actions with actionlint and zizmor
    Workflows,
    /// Compare our crates with the vendor's API metadata and with the official SDKs that are installed
    Drift(drift::Args),
    /// Run the tests with hostile inputs under AddressSanitizer
    Sanitize,
    /// Check the packages of every lock file against the database of advisories; needs a network that reaches it
    Advisories,
    /// Check the workspace with the oldest supported version of Rust
    Msrv,
    /// Send the recorded calls again with the official SDKs and rewrite the recordings
    Record(record::Args),
    /// Install the pinned versions of the official SDKs below target/sdks
    Sdks,
    /// Run the tests of the example applications against a local Function Compute
    LocalExamples,
    /// Run the gate against the official SDKs, with their known failures and without the last of them
    Subjects(subjects::Args),
    /// Judge several released versions of one official SDK: which release fixed or broke which case
    History(history::Args),
}

#[expect(clippy::print_stderr, reason = "the error of the command")]
fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Ci => ci::run(),
        Command::Bench(args) => bench::run(&args),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::Coverage(args) => coverage::run(&args),
        Command::Mutate(args) => mutate::run(&args),
        Command::Tidy => tidy::run(),
        Command::Cycles => tidy::cycles(),
        Command::Evidence => evidence::run(),
        Command::Release { write, full: false } => release::run(write),
        Command::Release { write, full: true } => release::run_all(write),
        Command::Selftest { write } => selftest::run(write),
        Command::Site { write } => site::run(write),
        Command::Windows => other_systems::run_under_wine(),
        Command::Workflows => workflows::run(),
        Command::Dist(args) => dist::run(&args),
        Command::Drift(args) => drift::run(&args),
        Command::Sdks => sdks::install(&sdks::SDKS).map(drop),
        Command::LocalExamples => local_examples::run(),
        Command::Subjects(args) => subjects::run(&args),
        Command::History(args) => history::run(&args),
        Command::Sanitize => sanitize::run(),
        Command::Advisories => dependencies::advisories(),
        Command::Msrv => msrv::run(),
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
