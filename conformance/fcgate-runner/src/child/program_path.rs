//! Finds the program of an adapter.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use fcgate_text::visible;

use super::fault::{Fault, Kind};
use super::launch_settings::Launch;

/// Finds the program by its path, or by its name in `PATH`. `kind` is the kind of the fault if there is none.
pub(super) fn find_program(launch: &Launch, kind: Kind) -> Result<PathBuf, Fault> {
    search(&launch.program).map_err(|problem| Fault::new(kind, problem).command(&launch.command()))
}

/// Finds a program by its path, or by its name in `PATH`.
///
/// # Errors
///
/// What was expected and what was found.
pub(super) fn search(program: &OsStr) -> Result<PathBuf, String> {
    which::which(program).map_err(|_| {
        let path = Path::new(program);
        let name = visible::line(&program.to_string_lossy(), 200);
        let problem = if path.components().count() <= 1 && !path.has_root() {
            "is not in PATH"
        } else if path.is_dir() {
            "is a directory"
        } else if path.exists() {
            "is not executable"
        } else {
            "does not exist"
        };
        format!("expected an executable program, but '{name}' {problem}")
    })
}
