//! The protocol crates compile for a target without an operating system.

use crate::programs;

const TARGET: &str = "wasm32-unknown-unknown";

/// Installs the target and checks the crates.
pub(crate) fn run() -> Result<(), String> {
    programs::output(&["rustup", "target", "add", TARGET])?;
    let words = [
        "cargo",
        "check",
        "--quiet",
        "--locked",
        "--target",
        TARGET,
        "-p",
        "fc-headers",
        "-p",
        "fc-sign",
        "-p",
        "fc-response",
        "-p",
        "fc-transport",
        "-p",
        "fc-invoke",
    ];
    programs::output(&words).map(drop)
}
