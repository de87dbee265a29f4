//! The gate judges an implementation in another language: the plain Python adapter, and the ten
//! mistakes that it makes on request.
//!
//! Without a Python 3.8 the tests are ignored, except where `CI` is `true`: there they fail.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may fail loudly, and say why it does not run"
)]

mod gate;
mod mistakes;
mod right;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use self::gate::Python;
use self::mistakes::MISTAKES;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let python = gate::python();
    if let Err(reason) = &python {
        eprintln!("skipped: the Python adapter cannot run: {reason}");
    }
    let ignored = python.is_err() && !gate::in_ci();

    let trial = |name: &str, check: fn(&Python)| {
        let python = python.clone();
        Trial::test(name, move || with(python, check)).with_ignored_flag(ignored)
    };
    let mut trials = vec![
        trial("an_adapter_in_plain_python_conforms", right::conforms),
        trial(
            "it_claims_everything_and_all_of_it_is_judged",
            right::claims,
        ),
        trial("the_mistakes_are_those_that_are_judged_here", right::names),
        trial("its_configuration_says_how_to_run_it", right::configuration),
    ];
    for mistake in &MISTAKES {
        let python = python.clone();
        let name = format!("a_mistake_is_named::{}", mistake.name.replace('-', "_"));
        let judged = move || with(python, |python| mistake.is_named(python));
        trials.push(Trial::test(name, judged).with_ignored_flag(ignored));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn with(python: Result<Python, String>, check: impl FnOnce(&Python)) -> Result<(), Failed> {
    check(&python?);
    Ok(())
}
