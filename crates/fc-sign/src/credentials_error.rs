//! The error of an invalid part of the credentials, and the checks.

use std::error::Error;
use std::fmt;

/// An access key id, an access key secret or a token that is invalid.
///
/// The error never contains the value or its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialsError {
    field: &'static str,
    kind: CredentialsErrorKind,
    limit: usize,
}

/// The reason why a part of the credentials is rejected.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialsErrorKind {
    /// The text is empty. Use [`Credentials::new`](crate::Credentials::new) if there is no token.
    Empty,
    /// The text starts or ends with whitespace, such as the line break of a file.
    SurroundingWhitespace,
    /// The text has a byte that is not allowed.
    ForbiddenByte,
    /// The text is longer than the limit.
    TooLong,
    /// The text is shorter than the limit.
    TooShort,
    /// The text is not in the format of the token.
    Format,
}

impl CredentialsError {
    pub(crate) fn format(field: &'static str) -> Self {
        Self {
            field,
            kind: CredentialsErrorKind::Format,
            limit: 0,
        }
    }

    /// The invalid part, such as `access key id` or `security token`.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The reason.
    pub fn kind(&self) -> CredentialsErrorKind {
        self.kind
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field;
        match self.kind {
            CredentialsErrorKind::Empty => write!(f, "empty: the {field} is empty"),
            CredentialsErrorKind::SurroundingWhitespace => write!(
                f,
                "surrounding-whitespace: the {field} starts or ends with whitespace; remove it"
            ),
            CredentialsErrorKind::ForbiddenByte => write!(
                f,
                "forbidden-byte: the {field} has a character that is not allowed, \
                 such as a control character"
            ),
            CredentialsErrorKind::TooLong => write!(
                f,
                "too-long: the {field} is longer than {} bytes",
                self.limit
            ),
            CredentialsErrorKind::TooShort => write!(
                f,
                "too-short: the {field} is shorter than {} bytes",
                self.limit
            ),
            CredentialsErrorKind::Format => write!(
                f,
                "format: expected a {field} of three parts with dots between them"
            ),
        }
    }
}

impl Error for CredentialsError {}

/// Checks a part of the credentials.
pub(crate) fn check(
    text: &str,
    field: &'static str,
    max_len: usize,
    allowed: fn(u8) -> bool,
) -> Result<(), CredentialsError> {
    let kind = if text.is_empty() {
        CredentialsErrorKind::Empty
    } else if text.len() > max_len {
        CredentialsErrorKind::TooLong
    } else if text.trim() != text {
        CredentialsErrorKind::SurroundingWhitespace
    } else if !text.bytes().all(allowed) {
        CredentialsErrorKind::ForbiddenByte
    } else {
        return Ok(());
    };
    Err(CredentialsError {
        field,
        kind,
        limit: max_len,
    })
}

/// Checks the length of a part that has a minimum.
pub(crate) fn check_min(
    text: &str,
    field: &'static str,
    min_len: usize,
) -> Result<(), CredentialsError> {
    if text.len() < min_len {
        return Err(CredentialsError {
            field,
            kind: CredentialsErrorKind::TooShort,
            limit: min_len,
        });
    }
    Ok(())
}
