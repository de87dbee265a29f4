//! The programs that CI runs: the gate, the examples and one test, built once.

use crate::built::{self, Built};
use crate::programs::{self, Ended};

/// The examples that need no network. The fake endpoint verifies every signature.
const EXAMPLES: [&str; 9] = [
    "invoke_sync",
    "invoke_async",
    "invoke_and_wait",
    "list_and_stop_tasks",
    "invoke_streaming",
    "chat_session",
    "signed_trigger",
    "own_transport",
    "metrics",
];
/// The test binary and the module of the test that runs official SDKs without an adapter.
const SDK_TEST: [&str; 2] = ["gate", "serve::official_sdks"];
/// The test binary that follows the pages for new users.
const NEWCOMER_TEST: &str = "newcomer";

/// Builds the programs once and returns the path of the gate.
pub(crate) fn program() -> Result<&'static str, String> {
    find("bin", "fcgate").map(|built| built.path.as_str())
}

pub(crate) fn run_examples() -> Result<(), String> {
    EXAMPLES
        .into_iter()
        .try_for_each(|name| run(find("example", name)?, &[]))
}

/// Runs the soak of the transports with few calls.
pub(crate) fn run_soak() -> Result<(), String> {
    run(find("example", "soak")?, &["3000"])
}

pub(crate) fn run_sdk_test() -> Result<(), String> {
    let [binary, module] = SDK_TEST;
    run(find("test", binary)?, &["--ignored", module])
}

/// Returns the path of the test that follows the pages for new users.
pub(crate) fn newcomer_test() -> Result<&'static str, String> {
    find("test", NEWCOMER_TEST).map(|built| built.path.as_str())
}

fn run(built: &Built, arguments: &[&str]) -> Result<(), String> {
    let mut words = vec![built.path.as_str()];
    words.extend(arguments);
    match programs::run_in(&built.folder, &words)? {
        Ended { code: Some(0), .. } => Ok(()),
        Ended {
            code,
            stdout,
            stderr,
        } => Err(format!(
            "{}: exit code {code:?}\n{stdout}{stderr}",
            built.name
        )),
    }
}

fn find(kind: &str, name: &str) -> Result<&'static Built, String> {
    // The unit tests of a program have its kind and its name too.
    let mut built = built::workspace()?.iter();
    built
        .find(|one| one.kind == kind && one.name == name && one.is_test == (kind == "test"))
        .ok_or_else(|| format!("cargo built no {kind} `{name}` in this workspace"))
}
