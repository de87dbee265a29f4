//! Why an origin gives no credentials.

use std::error::Error;
use std::fmt;

use fc_sign::ProviderError;

use crate::Origin;

/// Why an origin gives no credentials; always the source of a [`ProviderError`].
///
/// It holds fixed words, the name of a variable or a status, never a value that was read.
#[derive(Debug)]
pub struct OriginError {
    origin: Origin,
    kind: OriginErrorKind,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

/// What is wrong with an origin.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OriginErrorKind {
    /// Neither half of the key is there.
    NotSet,
    /// This variable is missing beside others that need it.
    HalfSet(&'static str),
    /// This variable is not UTF-8.
    NotText(&'static str),
    /// A file is there or was named, and cannot be read; the source is the error of the file system.
    Unreadable,
    /// No answer; the source is the [`TransportError`](fc_transport::TransportError).
    Unreachable,
    /// The service answered with this HTTP status.
    Refused(u16),
    /// A file or an answer is not of its format, or something is missing in it.
    Malformed,
    /// The key or the token cannot be used; the source is the [`CredentialsError`](fc_sign::CredentialsError).
    Invalid,
}

impl OriginError {
    pub(crate) fn new(origin: Origin, kind: OriginErrorKind) -> Self {
        Self {
            origin,
            kind,
            cause: None,
        }
    }

    pub(crate) fn because(self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..self
        }
    }

    /// Where.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// What.
    pub fn kind(&self) -> OriginErrorKind {
        self.kind
    }
}

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.origin;
        match self.kind {
            OriginErrorKind::NotSet => write!(f, "not-set: {origin}: there is no key"),
            OriginErrorKind::HalfSet(missing) => {
                write!(
                    f,
                    "half-set: {origin}: {missing} is missing, what it goes with is set"
                )
            }
            OriginErrorKind::NotText(variable) => {
                write!(f, "not-text: {origin}: {variable} is not UTF-8")
            }
            OriginErrorKind::Unreadable => {
                write!(f, "unreadable: {origin}: the file cannot be read")
            }
            OriginErrorKind::Unreachable => write!(f, "unreachable: {origin}: there is no answer"),
            OriginErrorKind::Refused(status) => {
                write!(f, "refused: {origin}: the answer has status {status}")
            }
            OriginErrorKind::Malformed => write!(
                f,
                "malformed: {origin}: what was read is not of its format or not complete"
            ),
            OriginErrorKind::Invalid => write!(f, "invalid: {origin}: the key cannot be used"),
        }
    }
}

impl Error for OriginError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause
            .as_ref()
            .map(|cause| &**cause as &(dyn Error + 'static))
    }
}

impl From<OriginError> for ProviderError {
    fn from(error: OriginError) -> Self {
        Self::new(match error.origin {
            Origin::Environment => "the environment has none that can be used",
            Origin::Oidc => "none for the OIDC role",
            Origin::CliProfile => "the CLI profile has none that can be used",
            Origin::SharedFile => "the shared file has none that can be used",
            Origin::EcsRole => "none for the role of the ECS instance",
            Origin::CredentialsUri => "none from the credentials URI",
        })
        .because(error)
    }
}
