//! Installs what a build for another system needs: Rust's standard library for it, and zig with cargo-zigbuild.

use std::path::{Path, PathBuf};

use crate::programs;

/// The pinned packages.
const REQUIREMENTS: &str = "conformance/packages/build-tools.txt";
/// A virtual environment with zig and cargo-zigbuild.
const FOLDER: &str = "target/zig";

/// Installs Rust's standard library for a target if it is missing.
pub(super) fn add_target(target: &str) -> Result<(), String> {
    let folder = programs::output(&["rustc", "--print", "target-libdir", "--target", target])?;
    if Path::new(folder.trim()).exists() {
        return Ok(());
    }
    programs::output(&["rustup", "target", "add", target])
        .map(drop)
        .map_err(|error| format!("{error}\ninstall the standard library of Rust for {target}"))
}

/// Returns the folder with `cargo-zigbuild`, installed if it is missing or was made from other pins.
pub(super) fn zig() -> Result<PathBuf, String> {
    let folder = programs::root().join(FOLDER);
    let programs_of_it = folder.join("bin");
    let requirements = programs::root().join(REQUIREMENTS);
    let pins = read(&requirements)?;
    let stamp = folder.join(".installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == pins) {
        return Ok(programs_of_it);
    }
    programs::output(&["python3", "-m", "venv", "--clear", &text(&folder)])?;
    programs::output(&[
        &text(&programs_of_it.join("python")),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--only-binary=:all:",
        "--requirement",
        &text(&requirements),
    ])?;
    std::fs::write(&stamp, pins).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(programs_of_it)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
