//! One file for users.

/// A finished package.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Package {
    /// The name of its file.
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}
