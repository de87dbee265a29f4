//! Entries as tests.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::{Entry, entries};

/// Runs one test for each selected entry. Other arguments are those of libtest.
///
/// # Panics
///
/// If no entry is selected: a test target without tests would always pass.
pub fn run(
    select: impl FnMut(&Entry) -> bool,
    check: fn(&Entry) -> Result<(), String>,
) -> ExitCode {
    let trials = trials(select, check);
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Returns one test for each selected entry.
///
/// # Panics
///
/// If no entry is selected.
pub fn trials(
    mut select: impl FnMut(&Entry) -> bool,
    check: fn(&Entry) -> Result<(), String>,
) -> Vec<Trial> {
    let selected = entries().into_iter().filter(|entry| select(entry));
    let trials: Vec<Trial> = selected.map(|entry| trial(entry, check)).collect();
    assert!(!trials.is_empty(), "no entry is selected");
    trials
}

/// Returns the test of one entry.
pub fn trial(
    entry: Entry,
    check: impl FnOnce(&Entry) -> Result<(), String> + Send + 'static,
) -> Trial {
    let name = entry.id().to_owned();
    Trial::test(name, move || check(&entry).map_err(Into::into))
}
