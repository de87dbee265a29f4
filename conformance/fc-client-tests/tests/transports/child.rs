//! A test that runs itself once more, in a process of its own.

use std::process::Command;

/// Tells the child that it is one, and whom to call.
const ORIGIN: &str = "FC_TRANSPORTS_ORIGIN";

/// In the child: the address to call.
#[expect(
    clippy::disallowed_methods,
    reason = "a parent tells its child by a variable whom to call"
)]
pub(crate) fn origin() -> Option<String> {
    std::env::var(ORIGIN).ok()
}

/// Runs one test of one module and fails as it fails.
pub(crate) fn run(module: &str, test: &str, origin: &str, variables: impl FnOnce(&mut Command)) {
    let (_, module) = module.split_once("::").unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "--nocapture"])
        .arg(format!("{module}::{test}"))
        .env(ORIGIN, origin);
    variables(&mut child);
    let output = child.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{errors}");
    assert!(told.contains("1 passed"), "the child ran no test: {told}");
}
