//! The environment of the process: variables, home folder and files.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The variables, the home folder and the files that a provider reads.
///
/// A closure from names to values implements it, without a home folder and files.
pub trait Environment: Send + Sync {
    /// The value of a variable. An empty value counts as not set, as in Alibaba Cloud's SDKs.
    fn variable(&self, name: &str) -> Option<OsString>;

    /// The home folder of the user; `None` by default.
    fn home(&self) -> Option<PathBuf> {
        None
    }

    /// Reads a file; by default no file exists. Asynchronous code calls it, so it should be fast.
    ///
    /// # Errors
    ///
    /// If the file cannot be read. The error for a missing file must be
    /// [`io::ErrorKind::NotFound`].
    fn file(&self, path: &Path) -> io::Result<Vec<u8>> {
        let _ = path;
        Err(io::ErrorKind::NotFound.into())
    }
}

impl<F> Environment for F
where
    F: Fn(&str) -> Option<OsString> + Send + Sync,
{
    fn variable(&self, name: &str) -> Option<OsString> {
        self(name)
    }
}

/// The environment of the process. This crate reads the process only here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProcessEnvironment;

/// The maximum size of a file in bytes, far above that of any credentials file.
const MAX_FILE_SIZE: u64 = 1 << 20;

impl Environment for ProcessEnvironment {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one documented place that reads the environment"
    )]
    fn variable(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name)
    }

    fn home(&self) -> Option<PathBuf> {
        std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
    }

    /// Reads a file of at most 1 MiB.
    fn file(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = File::open(path)?;
        let mut content = Vec::new();
        file.take(MAX_FILE_SIZE + 1).read_to_end(&mut content)?;
        if content.len() as u64 > MAX_FILE_SIZE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn existing_files_are_read_and_missing_or_too_large_ones_are_errors() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let content = ProcessEnvironment.file(&manifest).unwrap();
        assert!(content.starts_with(b"[package]"));
        let missing = ProcessEnvironment.file(&manifest.join("missing"));
        assert!(missing.is_err());
        #[cfg(target_os = "linux")]
        assert_eq!(
            ProcessEnvironment
                .file(Path::new("/dev/zero"))
                .unwrap_err()
                .kind(),
            io::ErrorKind::FileTooLarge,
        );
    }
}
