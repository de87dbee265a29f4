//! The first steps of a new user: `init`, `demo`, the CI action, completions, the manual, and every command of the README.
//!
//! A test that needs a missing interpreter is ignored and a line says so. With `CI=true`, Python and Node are required.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may fail loudly"
)]

mod action;
mod built_in;
mod compiled;
mod demo;
mod filled;
mod init;
mod project;
mod readme;
mod shell;
mod tool;
mod unclaimed;
mod workflow;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// The template that `fcgate init rust` writes.
mod template {
    include!("../../../templates/rust/conformance.rs");

    pub(crate) fn of_rust() -> std::process::ExitCode {
        main()
    }
}

fn main() -> ExitCode {
    // The test of the template for Rust starts this program as the adapter.
    if std::env::args_os().skip(1).eq(["--adapter"]) {
        return template::of_rust();
    }
    let trials: [fn() -> Vec<Trial>; 7] = [
        init::trials,
        workflow::trials,
        action::trials,
        built_in::trials,
        demo::trials,
        shell::trials,
        readme::trials,
    ];
    let trials = trials.into_iter().flat_map(|trials| trials());
    let trials = trials.chain(filled::trials());
    let trials = trials
        .chain(compiled::trials())
        .chain(unclaimed::trials())
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A test without a condition.
fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(name, move || {
        test();
        Ok(())
    })
}
