//! The verdict of the oracle.

use std::fmt;

use fcgate_protocol::Stages;

use super::digest::signatures_are_equal;

/// The result of verifying a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Why the request is not valid; `None` if it is valid.
    pub reason: Option<Reason>,
    /// The intermediate texts and the signature that the rules give for this request.
    pub stages: Stages,
}

impl Verdict {
    /// Returns whether the request is valid.
    pub fn verifies(&self) -> bool {
        self.reason.is_none()
    }
}

/// Why a signature is not valid. The messages contain neither secrets nor signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The request has no `Authorization`, or the pre-signed URL has no signature.
    Missing,
    /// The `Authorization` does not have the form of its scheme. The text is the expected part.
    Form(&'static str),
    /// The access key id is not the one of the credentials.
    AccessKeyId,
    /// The request has neither `Date` nor `x-fc-date`.
    DateMissing,
    /// The security token is missing or is not the one of the credentials.
    SecurityToken,
    /// A header that must be signed is not among the signed names.
    NotSigned(String),
    /// A signed name is not in the request.
    SignedButAbsent(String),
    /// The signed names are not sorted, or a name is repeated or in upper case.
    SignedNames,
    /// `x-acs-content-sha256` is missing or is not the digest of the body.
    ContentDigest,
    /// The form is correct, but the signature is different.
    Signature,
}

/// Compares the signature of a request with the one that the rules give.
pub(super) fn wrong_signature(stages: &Stages, found: &[u8]) -> Option<Reason> {
    let expected = stages.signature.as_deref().unwrap_or_default();
    let is_equal = !expected.is_empty() && signatures_are_equal(expected.as_bytes(), found);
    (!is_equal).then_some(Reason::Signature)
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the request has no signature"),
            Self::Form(part) => write!(f, "invalid form of the authorization, expected {part}"),
            Self::AccessKeyId => f.write_str("the authorization names another access key id"),
            Self::DateMissing => f.write_str("the request has neither date nor x-fc-date"),
            Self::SecurityToken => f.write_str("the security token is missing or different"),
            Self::NotSigned(name) => {
                write!(f, "header {name:?} is not among the signed names")
            }
            Self::SignedButAbsent(name) => {
                write!(f, "signed name {name:?} is not a header of the request")
            }
            Self::SignedNames => {
                f.write_str("the signed names are not in lower case, unique and sorted by bytes")
            }
            Self::ContentDigest => {
                f.write_str("x-acs-content-sha256 is not the hex SHA-256 of the body")
            }
            Self::Signature => {
                f.write_str("the signature does not match this method, target and headers")
            }
        }
    }
}
