//! The versions in the manifests are versions that the packages can be built with together.

use std::fs;

use crate::programs;

/// Resolves the workspace with the lowest version of every direct dependency.
///
/// The option is unstable, so the variable lets the stable cargo accept it. It only writes a lock file of its own.
pub(crate) fn run() -> Result<(), String> {
    let folder = programs::root().join("target/minimal-versions");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let path = folder.join("Cargo.lock");
    let config = format!("resolver.lockfile-path={:?}", path.display().to_string());
    let words = [
        "cargo",
        "generate-lockfile",
        "--quiet",
        "-Zdirect-minimal-versions",
        "-Zlockfile-path",
        "--config",
        &config,
    ];
    programs::output_with(&words, &[("RUSTC_BOOTSTRAP", "1")]).map(drop)
}
