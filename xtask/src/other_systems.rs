//! The gate on Windows and macOS: compiled for both, and the Windows program run under Wine.

mod wine;

use crate::toolchain;

pub(crate) use self::wine::run as run_under_wine;

/// The targets that must compile without warnings.
const TARGETS: [&str; 2] = [wine::TARGET, "aarch64-apple-darwin"];

/// Compiles the gate for other systems, without linking it.
pub(crate) fn check() -> Result<(), String> {
    for target in TARGETS {
        toolchain::add_target(target)?;
        let command = format!(
            "clippy --quiet --locked -p fcgate --bin fcgate --target {target} -- -D warnings"
        );
        let words: Vec<&str> = command.split(' ').collect();
        toolchain::cargo_zigbuild(&words, &[])?;
    }
    Ok(())
}
