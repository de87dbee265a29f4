//! A report as a file: whole or not at all, and never in the place of something else.

use std::error::Error;
use std::fmt;
use std::fs::{self, FileType};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fcgate_text::visible;

/// Writes a file beside `path` and renames it, so that nobody reads half a report.
///
/// Folders are not made; what is there already is replaced only when it is a plain file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), WriteError> {
    replaceable(path)?;
    replace(path, text).map_err(|error| WriteError::new(path, Reason::Fault(error)))
}

/// Adds to the end of a file, which need not be there.
pub(super) fn append(path: &Path, text: &str) -> Result<(), WriteError> {
    replaceable(path)?;
    let file = fs::OpenOptions::new().append(true).create(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| WriteError::new(path, Reason::Fault(error)))
}

/// Tells, before anything runs, whether a report can have this path: nothing is there, or a plain file, in a
/// folder in which a file can be made.
///
/// # Errors
///
/// When something else is there, or no file can be made.
pub fn check(path: &Path) -> Result<(), WriteError> {
    replaceable(path)?;
    // The file is gone when it is dropped.
    let made = temporary().tempfile_in(folder(path));
    made.map(drop)
        .map_err(|error| WriteError::new(path, Reason::Fault(error)))
}

/// Whether nothing is there, or a plain file.
fn replaceable(path: &Path) -> Result<(), WriteError> {
    if path.file_name().is_none() {
        return Err(WriteError::new(path, Reason::NoFile("no file")));
    }
    match fs::symlink_metadata(path) {
        Ok(there) if !there.is_file() => {
            let what = word(there.file_type());
            Err(WriteError::new(path, Reason::NoFile(what)))
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(WriteError::new(path, Reason::Fault(error)))
        }
        _ => Ok(()),
    }
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut file = temporary().tempfile_in(folder(path))?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// With the permissions of any new file: a report is there to be read by others.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".fcgate-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

fn word(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else if kind.is_symlink() {
        "a symbolic link"
    } else {
        "no plain file"
    }
}

/// Why a report is not written.
#[derive(Debug)]
pub struct WriteError {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    /// There is something else; the text says what.
    NoFile(&'static str),
    Fault(io::Error),
}

impl WriteError {
    fn new(path: &Path, reason: Reason) -> Self {
        Self {
            path: path.to_owned(),
            reason,
        }
    }

    /// The report could not be put together.
    pub(super) fn unmade(path: &Path, error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            path: path.to_owned(),
            reason: Reason::Fault(io::Error::other(error)),
        }
    }

    /// Whether the path was a wrong one to name; else writing failed.
    pub fn is_usage(&self) -> bool {
        matches!(self.reason, Reason::NoFile(_))
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = visible::line(&self.path.to_string_lossy(), 300);
        match &self.reason {
            Reason::NoFile(what) => write!(f, "report '{path}' is not written: it is {what}"),
            Reason::Fault(error) => write!(f, "report '{path}' is not written: {error}"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.reason {
            Reason::NoFile(_) => None,
            Reason::Fault(error) => error.source(),
        }
    }
}
