//! Runs a test again in a child process.

use std::process::Command;

/// The variable that makes a process the child. Its value is the address to call.
const ORIGIN: &str = "FC_TRANSPORTS_ORIGIN";

/// The address to call, in the child process only.
#[expect(
    clippy::disallowed_methods,
    reason = "the parent passes the address in a variable"
)]
pub(crate) fn origin() -> Option<String> {
    std::env::var(ORIGIN).ok()
}

/// Runs one test of one module in a child process, and panics if it fails.
pub(crate) fn run(module: &str, test: &str, origin: &str, variables: impl FnOnce(&mut Command)) {
    let (_, module) = module.split_once("::").unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "--nocapture"])
        .arg(format!("{module}::{test}"))
        .env(ORIGIN, origin);
    variables(&mut child);
    let output = child.output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stdout}{stderr}");
    assert!(
        stdout.contains("1 passed"),
        "the child ran no test: {stdout}"
    );
}
