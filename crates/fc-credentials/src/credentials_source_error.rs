//! The error of a source of credentials.

use std::error::Error;
use std::fmt;

use fc_sign::ProviderError;

use crate::CredentialsSource;

/// A source that has no valid credentials. This error is the source of a [`ProviderError`].
///
/// The message contains fixed words, the name of a variable, a status or the error code of a service, but no other value
/// that was read.
#[derive(Debug)]
pub struct CredentialsSourceError {
    credentials_source: CredentialsSource,
    kind: CredentialsSourceErrorKind,
    code: Option<Box<str>>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

/// The reason why a source has no valid credentials.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialsSourceErrorKind {
    /// No access key is set.
    NotSet,
    /// A variable is set without another one that it requires.
    HalfSet {
        /// The variable that is set.
        set: &'static str,
        /// The variable that is not set.
        missing: &'static str,
    },
    /// The key id begins with `STS.`, so that the key is temporary, but the source has no token for it.
    NoToken,
    /// The value of this variable is not UTF-8.
    NotText(&'static str),
    /// A file cannot be read; the cause is the [`std::io::Error`].
    Unreadable,
    /// There was no response; the cause is the [`TransportError`](fc_transport::TransportError).
    Unreachable,
    /// The service responded with this HTTP status instead of 200;
    /// [`CredentialsSourceError::code`] is its error code.
    Refused(u16),
    /// The selected or current profile gets its access key in a way that this crate does not support, for example by
    /// `AssumeRole`.
    UnsupportedProfile,
    /// This variable selects a profile that no file has with an access key.
    ProfileNotFound(&'static str),
    /// A file or a response has an unexpected format or is incomplete.
    Malformed,
    /// The key or the token is invalid; the cause is the
    /// [`CredentialsError`](fc_sign::CredentialsError).
    Invalid,
}

impl CredentialsSourceError {
    pub(crate) fn new(
        credentials_source: CredentialsSource,
        kind: CredentialsSourceErrorKind,
    ) -> Self {
        Self {
            credentials_source,
            kind,
            code: None,
            cause: None,
        }
    }

    pub(crate) fn because(self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..self
        }
    }

    pub(crate) fn with_code(self, code: Option<Box<str>>) -> Self {
        Self { code, ..self }
    }

    /// The error code of the service that refused the request, such as `NoPermission` of the Security Token Service.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The source of credentials that failed.
    pub fn credentials_source(&self) -> CredentialsSource {
        self.credentials_source
    }

    /// The reason.
    pub fn kind(&self) -> CredentialsSourceErrorKind {
        self.kind
    }
}

impl fmt::Display for CredentialsSourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use CredentialsSourceErrorKind as Kind;

        let source = self.credentials_source;
        match self.kind {
            Kind::NotSet => write!(f, "not-set: {source}: no access key is set"),
            Kind::HalfSet { set, missing } => {
                write!(f, "half-set: {source}: {set} is set but {missing} is not")
            }
            Kind::NotText(variable) => write!(f, "not-text: {source}: {variable} is not UTF-8"),
            Kind::Unreadable => write!(f, "unreadable: {source}: the file cannot be read"),
            Kind::Unreachable => write!(f, "unreachable: {source}: no response"),
            Kind::NoToken => {
                let missing = match source {
                    CredentialsSource::Environment => "set ALIBABA_CLOUD_SECURITY_TOKEN",
                    CredentialsSource::CliProfile => "set sts_token in the profile",
                    CredentialsSource::SharedFile => "set security_token in the profile",
                    _ => "the response has no token",
                };
                write!(
                    f,
                    "no-token: {source}: the key id begins with STS., so that the key is not valid without its token; {missing}"
                )
            }
            Kind::Refused(status) => {
                write!(f, "refused: {source}: expected status 200, found {status}")?;
                match &self.code {
                    Some(code) => write!(f, " with the code {code}"),
                    None => Ok(()),
                }
            }
            Kind::UnsupportedProfile => write!(
                f,
                "unsupported-profile: {source}: the profile has no access key of its own, and roles such as \
                 RamRoleArn are not supported; select another profile or disable this source"
            ),
            Kind::ProfileNotFound(variable) => write!(
                f,
                "profile-not-found: {source}: {variable} selects a profile that no file has with an access key"
            ),
            Kind::Malformed => write!(
                f,
                "malformed: {source}: the format is unexpected or the content is incomplete"
            ),
            Kind::Invalid => write!(f, "invalid: {source}: the key or the token is invalid"),
        }
    }
}

impl Error for CredentialsSourceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause
            .as_ref()
            .map(|cause| &**cause as &(dyn Error + 'static))
    }
}

impl From<CredentialsSourceError> for ProviderError {
    fn from(error: CredentialsSourceError) -> Self {
        Self::new(match error.credentials_source {
            CredentialsSource::Environment => "the environment has no valid access key",
            CredentialsSource::Oidc => "the OIDC role has no valid access key",
            CredentialsSource::CliProfile => "the CLI profile has no valid access key",
            CredentialsSource::SharedFile => "the shared file has no valid access key",
            CredentialsSource::EcsRole => "the ECS role has no valid access key",
            CredentialsSource::CredentialsUri => "the credentials URI has no valid access key",
        })
        .because(error)
    }
}
