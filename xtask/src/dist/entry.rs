//! A file in a package, and the time that all files in packages have.

/// One file of a package.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The path inside the package, with slashes.
    pub(super) path: String,
    pub(super) content: Vec<u8>,
    pub(super) is_program: bool,
}

impl Entry {
    pub(super) fn file(path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            content: content.into(),
            is_program: false,
        }
    }

    pub(super) fn program(path: impl Into<String>, content: &[u8]) -> Self {
        Self {
            path: path.into(),
            content: content.to_vec(),
            is_program: true,
        }
    }

    /// The permissions of the file.
    pub(super) fn mode(&self) -> u32 {
        if self.is_program { 0o755 } else { 0o644 }
    }
}

/// The time of every file: 1985-10-26 08:15:00 UTC, as in the packages that npm makes. With one time, two builds write
/// the same bytes; ZIP archives cannot hold a time before 1980.
pub(super) const MODIFIED: u32 = 499_162_500;
