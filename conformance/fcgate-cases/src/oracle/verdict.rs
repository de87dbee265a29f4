//! What the oracle says of a signature.

use std::fmt;

use fcgate_protocol::Stages;

/// Whether a request verifies, why not, and what the rule gives at every stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Why the request does not verify; nothing when it does.
    pub reason: Option<Reason>,
    /// What the rule gives.
    pub stages: Stages,
}

impl Verdict {
    /// Whether the request verifies.
    pub fn verifies(&self) -> bool {
        self.reason.is_none()
    }
}

/// What is wrong with a signature. No text holds a secret or a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No `Authorization` (or, in a pre-signed URL, no signature).
    Missing,
    /// The `Authorization` has not the form of its scheme; the text names the part.
    Form(&'static str),
    /// It names another access key id.
    AccessKeyId,
    /// Neither `Date` nor `x-fc-date` is there.
    DateMissing,
    /// The security token of the credentials is not in its header or differs.
    SecurityToken,
    /// A header that must be signed is not among the signed names.
    NotSigned(String),
    /// A signed name is not in the request.
    SignedButAbsent(String),
    /// The signed names are not sorted, or a name stands there twice or in upper case.
    SignedNames,
    /// `x-acs-content-sha256` is missing or is not the digest of the body.
    ContentDigest,
    /// Everything is in place, but the signature is another one.
    Signature,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the request carries no signature"),
            Self::Form(part) => write!(f, "the authorization has not its form: {part}"),
            Self::AccessKeyId => f.write_str("the authorization names another access key id"),
            Self::DateMissing => f.write_str("the request has neither date nor x-fc-date"),
            Self::SecurityToken => {
                f.write_str("the security token is missing from its header, or is another one")
            }
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
                f.write_str("the signature is not the one of this method, target and headers")
            }
        }
    }
}
