//! The errors of an explanation.

use std::fmt;

/// The request cannot be explained with the given data.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unexplainable {
    /// The scheme of the authorization is not known; the text is its beginning.
    Scheme(String),
    /// There is no key, and the response does not show the string to sign of the service.
    NoKey,
}

impl fmt::Display for Unexplainable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme(word) => write!(f, "unknown scheme in the authorization: {word}"),
            Self::NoKey => f.write_str("no access key to check the signature"),
        }
    }
}

impl std::error::Error for Unexplainable {}
