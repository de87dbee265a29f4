//! Reads files and folders that the caller names.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use fcgate_cases::corpus::Files;
use fcgate_text::visible;

use super::failure::Failure;

/// The size limit of a captured request or a body. The service accepts no larger payload.
const MAX_BYTES: u64 = 256 << 20;

/// Reads a file of at most 256 MiB.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = visible::line(&path.display().to_string(), 200);
    let unreadable =
        |error: std::io::Error| Failure::usage(format!("{shown} cannot be read: {error}"));
    let data = fs::metadata(path).map_err(unreadable)?;
    if !data.is_file() || data.len() > MAX_BYTES {
        let message = format!("{shown} is not a regular file, or is larger than 256 MiB");
        return Err(Failure::usage(message));
    }
    fs::read(path).map_err(unreadable)
}

/// Reads standard input, at most 256 MiB.
pub(super) fn read_standard_input() -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    let mut input = std::io::stdin().lock().take(MAX_BYTES + 1);
    input
        .read_to_end(&mut text)
        .map_err(|error| Failure::usage(format!("standard input cannot be read: {error}")))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(Failure::usage("standard input is larger than 256 MiB"));
    }
    Ok(text)
}

/// Reads the corpus files of a folder. A missing folder is a usage error.
pub(super) fn read_fixtures(folder: &Path) -> Result<Files, Failure> {
    if !folder.is_dir() {
        let shown = folder.display();
        return Err(Failure::usage(format!("folder '{shown}' not found")));
    }
    Files::in_folder(folder).map_err(|error| Failure::harness(&error))
}
