//! `fcgate selftest`: verifies that every check can fail.

use fc_conformance::selftest;
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_cases::startup_check::load_checked_corpus;
use fcgate_protocol::Implementation;

use super::console::print;
use super::failure::Failure;

/// Prints the table of mutants. An unsound gate is a harness fault.
pub(super) fn selftest(right: &dyn Implementation, files: &Files) -> Result<Verdict, Failure> {
    let corpus = load_checked_corpus(files).map_err(|error| Failure::harness(&error))?;
    let result = selftest::run(&corpus, right);
    print(&result.markdown())?;
    Ok(if result.is_sound() {
        Verdict::Conforming
    } else {
        Verdict::Harness
    })
}
