//! The surroundings of the process.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// What the process finds round itself: variables, a home folder, files.
///
/// A closure from names to values is one, without home and files.
pub trait Environment: Send + Sync {
    /// The value of a variable. An empty one counts as not set, as in Alibaba Cloud's SDKs.
    fn variable(&self, name: &str) -> Option<OsString>;

    /// The home folder of the user; none unless written.
    fn home(&self) -> Option<PathBuf> {
        None
    }

    /// The content of a file; not found unless written. It is called from asynchronous code and should not take
    /// long.
    ///
    /// # Errors
    ///
    /// When it cannot be read. A file that is not there is [`io::ErrorKind::NotFound`].
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

/// The process's own variables, home folder and files: the one place where this crate reads them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProcessEnvironment;

/// Far above any file of credentials.
const LONGEST_FILE: u64 = 1 << 20;

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

    /// At most 1 MiB is read.
    fn file(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = File::open(path)?;
        let mut content = Vec::new();
        file.take(LONGEST_FILE + 1).read_to_end(&mut content)?;
        if content.len() as u64 > LONGEST_FILE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_reads_files_of_any_ordinary_length_and_says_when_there_is_none() {
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
