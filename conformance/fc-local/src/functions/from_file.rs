//! `file:PATH`: the content of a file as the result.

use std::fs;
use std::path::{Path, PathBuf};

use super::call::Call;
use super::function::Function;
use super::reply::{LONGEST_RESULT, Reply};

/// A function that returns the content of a file, which is read at each call.
#[derive(Debug)]
pub(super) struct FromFile(PathBuf);

impl FromFile {
    /// Reads the file once, so that a wrong path is reported at the start.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub(super) fn open(path: PathBuf) -> Result<Self, String> {
        read(&path)?;
        Ok(Self(path))
    }
}

/// Reads a file of bounded size.
///
/// # Errors
///
/// The path and the reason.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let shown = path.display();
    let size = fs::metadata(path).map_err(|error| format!("cannot read {shown}: {error}"))?;
    if !size.is_file() {
        return Err(format!("cannot read {shown}: expected a file"));
    }
    let longest = u64::try_from(LONGEST_RESULT).unwrap_or(u64::MAX);
    if size.len() > longest {
        return Err(format!(
            "{shown} has {} bytes; expected at most {longest}",
            size.len()
        ));
    }
    fs::read(path).map_err(|error| format!("cannot read {shown}: {error}"))
}

impl Function for FromFile {
    fn call(&self, _: &Call) -> Reply {
        match read(&self.0) {
            Ok(content) => Reply::success(content),
            // The file was there at the start. The service would not find the code of the function either.
            Err(error) => Reply::service_error(500, "InternalServerError", error),
        }
    }
}
