//! The gate judges an implementation in another language: the plain Python adapter, and the mistakes that it
//! makes with `--break`.
//!
//! Without Python 3.8 or later the tests are skipped, with a line on stderr. With `CI=true` they fail instead.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[path = "../skipped/ci.rs"]
mod ci;
mod correct;
mod gate;
mod mistakes;
#[path = "../skipped/mod.rs"]
mod skipped;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use self::gate::Python;
use self::mistakes::MISTAKES;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // A run mostly waits for the time limits of its cases.
    arguments.test_threads.get_or_insert(6);
    let python = gate::python();
    if let Err(reason) = &python {
        skipped::report("all tests of the Python adapter", reason);
    }
    let ignored = python.is_err() && !ci::in_ci();

    let trial = |name: &str, check: fn(&Python)| {
        let python = python.clone();
        Trial::test(name, move || with(python, check)).with_ignored_flag(ignored)
    };
    let mut trials = vec![
        trial("the_python_adapter_conforms", correct::conforms),
        trial(
            "the_python_adapter_declares_every_capability_and_every_case_runs",
            correct::capabilities,
        ),
        trial(
            "every_break_of_the_python_adapter_is_tested",
            correct::breaks,
        ),
        trial(
            "the_configuration_of_the_python_adapter_starts_it",
            correct::configuration,
        ),
    ];
    for mistake in &MISTAKES {
        let python = python.clone();
        let name = format!("a_mistake_is_diagnosed::{}", mistake.name.replace('-', "_"));
        let test = move || with(python, |python| mistake.is_diagnosed(python));
        trials.push(Trial::test(name, test).with_ignored_flag(ignored));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn with(python: Result<Python, String>, check: impl FnOnce(&Python)) -> Result<(), Failed> {
    check(&python?);
    Ok(())
}
