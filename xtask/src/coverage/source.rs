//! The text files that the limits are about.

use crate::programs;

/// Reads a text file of the repository.
pub(super) fn read(path: &str) -> Result<String, String> {
    let whole = programs::root().join(path);
    std::fs::read_to_string(&whole).map_err(|error| format!("{}: {error}", whole.display()))
}
