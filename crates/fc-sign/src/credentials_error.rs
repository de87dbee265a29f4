//! Why a part of the credentials was refused.

use std::error::Error;
use std::fmt;

/// A part of the credentials that cannot be used; it never holds or shows the value or its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialsError {
    field: &'static str,
    kind: CredentialsErrorKind,
}

/// What is wrong with a part of the credentials.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialsErrorKind {
    /// The text is empty; an absent token is no token, not an empty one.
    Empty,
    /// The text begins or ends with white space: the usual slip when a key is read from a file.
    SurroundingWhitespace,
    /// A byte that cannot stand in the header that carries the value.
    ForbiddenByte,
    /// Longer than any value that the service issues.
    TooLong,
}

impl CredentialsError {
    pub(crate) fn new(field: &'static str, kind: CredentialsErrorKind) -> Self {
        Self { field, kind }
    }

    /// Which part: `access key id`, `access key secret` or `security token`.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// What is wrong with it.
    pub fn kind(&self) -> CredentialsErrorKind {
        self.kind
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field;
        match self.kind {
            CredentialsErrorKind::Empty => write!(f, "empty: the {field} has no characters"),
            CredentialsErrorKind::SurroundingWhitespace => write!(
                f,
                "surrounding-whitespace: the {field} begins or ends with white space, \
                 which is signed as part of it and never trimmed"
            ),
            CredentialsErrorKind::ForbiddenByte => write!(
                f,
                "forbidden-byte: the {field} holds a byte that cannot stand in a header"
            ),
            CredentialsErrorKind::TooLong => {
                write!(f, "too-long: the {field} is longer than any that is issued")
            }
        }
    }
}

impl Error for CredentialsError {}

/// The checks that every part shares, in the order of their reports.
pub(crate) fn check(
    text: &str,
    field: &'static str,
    max_len: usize,
    allowed: fn(u8) -> bool,
) -> Result<(), CredentialsError> {
    let refuse = |kind| Err(CredentialsError::new(field, kind));
    if text.is_empty() {
        return refuse(CredentialsErrorKind::Empty);
    }
    if text.len() > max_len {
        return refuse(CredentialsErrorKind::TooLong);
    }
    if text.trim() != text {
        return refuse(CredentialsErrorKind::SurroundingWhitespace);
    }
    if !text.bytes().all(allowed) {
        return refuse(CredentialsErrorKind::ForbiddenByte);
    }
    Ok(())
}
