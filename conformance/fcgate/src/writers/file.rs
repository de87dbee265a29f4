//! Writes a report to a file, completely or not at all. It replaces only regular files.

use std::error::Error;
use std::fmt;
use std::fs::{self, FileType};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fcgate_text::visible;

/// Writes a temporary file next to `path` and renames it, so that no reader sees a partial report.
///
/// It does not create folders. It replaces an existing `path` only if that is a regular file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), WriteError> {
    replaceable(path)?;
    replace(path, text).map_err(|error| WriteError::new(path, Reason::Io(error)))
}

/// Appends text to a file, completely or not at all. Creates the file if it does not exist.
pub(super) fn append(path: &Path, text: &str) -> Result<(), WriteError> {
    replaceable(path)?;
    append_all(path, text).map_err(|error| WriteError::new(path, Reason::Io(error)))
}

fn append_all(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)?;
    let length = file.metadata()?.len();
    file.write_all(text.as_bytes()).inspect_err(|_| {
        // The first error is reported.
        let _ = file.set_len(length);
    })
}

/// Checks before a run whether a report can be written to this path.
///
/// The path must be free or name a regular file, and its folder must allow new files.
///
/// # Errors
///
/// If the path names something other than a regular file, or no file can be created.
pub fn check(path: &Path) -> Result<(), WriteError> {
    replaceable(path)?;
    // Dropping the temporary file deletes it.
    let made = temporary().tempfile_in(folder(path));
    made.map(drop)
        .map_err(|error| WriteError::new(path, Reason::Io(error)))
}

/// Checks that the path is free or names a regular file.
fn replaceable(path: &Path) -> Result<(), WriteError> {
    if path.file_name().is_none() {
        return Err(WriteError::new(
            path,
            Reason::NotReplaceable("a path without a file name"),
        ));
    }
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            let what = name_of(metadata.file_type());
            Err(WriteError::new(path, Reason::NotReplaceable(what)))
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(WriteError::new(path, Reason::Io(error)))
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

/// A temporary file with the permissions of an ordinary new file, because other users may read a report.
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

fn name_of(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else if kind.is_symlink() {
        "a symbolic link"
    } else {
        "a special file"
    }
}

/// The error for a report that was not written.
#[derive(Debug)]
pub struct WriteError {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    /// The path does not name a regular file; the text says what it names.
    NotReplaceable(&'static str),
    Io(io::Error),
}

impl WriteError {
    fn new(path: &Path, reason: Reason) -> Self {
        Self {
            path: path.to_owned(),
            reason,
        }
    }

    /// The error for a report that could not be generated.
    pub(super) fn not_generated(
        path: &Path,
        error: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self {
            path: path.to_owned(),
            reason: Reason::Io(io::Error::other(error)),
        }
    }

    /// Whether the path was invalid. Otherwise, writing failed.
    pub fn is_usage(&self) -> bool {
        matches!(self.reason, Reason::NotReplaceable(_))
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = visible::line(&self.path.to_string_lossy(), 300);
        match &self.reason {
            Reason::NotReplaceable(what) => write!(
                f,
                "cannot write report '{path}': expected a regular file or an unused path, found {what}"
            ),
            Reason::Io(error) => write!(f, "cannot write report '{path}': {error}"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.reason {
            Reason::NotReplaceable(_) => None,
            Reason::Io(error) => error.source(),
        }
    }
}
