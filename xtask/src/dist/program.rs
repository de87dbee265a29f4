//! Builds the program for a platform.

use std::fs;

use super::libraries::Libraries;
use super::platform::Platform;
use crate::{built, programs, toolchain};

/// The largest program, in bytes.
const LIMIT: usize = 12_000_000;

/// Builds the program with the profile for packages and returns its bytes.
pub(super) fn build(platform: &Platform, libraries: &Libraries) -> Result<Vec<u8>, String> {
    toolchain::add_target(platform.target)?;
    let arguments = "zigbuild --quiet --profile release-small --locked -p fcgate --bin fcgate --message-format=json --target";
    let mut words: Vec<&str> = arguments.split(' ').collect();
    words.push(platform.target);
    let flags = without_paths(libraries);
    let messages = toolchain::cargo_zigbuild(&words, &[("RUSTFLAGS", &flags)])?;
    let program = built::executables(&messages)
        .into_iter()
        .find(|built| built.kind == "bin")
        .ok_or_else(|| format!("{}: cargo reported no program", platform.target))?;
    let bytes = fs::read(&program.path).map_err(|error| format!("{}: {error}", program.path))?;
    check(platform, &bytes)?;
    Ok(bytes)
}

/// The flags of the compiler that replace the folders of this machine in panic messages, so that the program does not
/// contain them.
fn without_paths(libraries: &Libraries) -> String {
    let registries = libraries.registries();
    let mut flags: Vec<String> = registries
        .iter()
        .map(|folder| format!("--remap-path-prefix={}=registry", folder.display()))
        .collect();
    flags.push(format!(
        "--remap-path-prefix={}=fcgate",
        programs::root().display()
    ));
    flags.join(" ")
}

/// A program that is too large, or that contains the folder of the sources, is an error.
fn check(platform: &Platform, program: &[u8]) -> Result<(), String> {
    if program.len() > LIMIT {
        return Err(format!(
            "{}: the program has {} bytes, the limit is {LIMIT}",
            platform.target,
            program.len()
        ));
    }
    let folder = programs::root().display().to_string();
    let mut parts = program.windows(folder.len());
    if parts.any(|part| part == folder.as_bytes()) {
        return Err(format!(
            "{}: the program contains the path of its sources, {folder}",
            platform.target
        ));
    }
    Ok(())
}
