//! The interpreters and compilers of other languages.

use std::collections::BTreeSet;
use std::sync::Mutex;

/// Whether tests that need this program are skipped; prints a line about it once.
pub(crate) fn is_missing(program: &str, needed_in_ci: bool) -> bool {
    static REPORTED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let missing = which::which(program).is_err() && !(needed_in_ci && in_ci());
    let is_new = missing && REPORTED.lock().unwrap().insert(program.to_owned());
    if is_new {
        eprintln!("skipped: {program} is not installed");
    }
    missing
}

/// Whether this machine must not skip any test.
fn in_ci() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "whether a missing interpreter is a failure depends on the machine"
    )]
    let ci = std::env::var_os("CI");
    ci.is_some_and(|value| value == "true")
}
