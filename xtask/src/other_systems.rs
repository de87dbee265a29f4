//! The gate on Windows and macOS: compiled for both, and the Windows program run under Wine.

mod wine;

use crate::toolchain;

pub(crate) use self::wine::run as run_under_wine;

/// The targets that must compile without warnings.
const TARGETS: [&str; 2] = [wine::TARGET, "aarch64-apple-darwin"];

/// Compiles the gate for other systems, without linking it. One cargo compiles the build scripts and macros once for all.
pub(crate) fn check() -> Result<(), String> {
    let mut words: Vec<&str> = "clippy --quiet --locked -p fcgate --bin fcgate"
        .split(' ')
        .collect();
    for target in TARGETS {
        toolchain::add_target(target)?;
        words.extend(["--target", target]);
    }
    words.extend(["--", "-D", "warnings"]);
    toolchain::cargo_zigbuild(&words, &[]).map(drop)
}
