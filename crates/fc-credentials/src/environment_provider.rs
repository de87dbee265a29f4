//! The access key in environment variables.

use std::fmt;

use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, ProviderError, Timestamp,
};

use crate::{
    CredentialsSource, CredentialsSourceError, CredentialsSourceErrorKind, Environment,
    ProcessEnvironment, access_key,
};

/// The access key in `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, with an
/// optional token in `ALIBABA_CLOUD_SECURITY_TOKEN`.
///
/// The variables are read at each call. An empty variable counts as not set. Spaces at the ends of a
/// value are an error; they are not removed. Other variables, such as `OSS_ACCESS_KEY_ID`, are not
/// read.
///
/// The source of an error is a [`CredentialsSourceError`]:
/// [`NotSet`](CredentialsSourceErrorKind::NotSet), [`HalfSet`](CredentialsSourceErrorKind::HalfSet),
/// [`NoToken`](CredentialsSourceErrorKind::NoToken) (an id that begins with `STS.`),
/// [`NotText`](CredentialsSourceErrorKind::NotText) or
/// [`Invalid`](CredentialsSourceErrorKind::Invalid).
///
/// ```
/// use fc_credentials::EnvironmentProvider;
/// use fc_sign::{BlockingCredentialsProvider, Timestamp};
///
/// let provider = EnvironmentProvider::new().environment(|name: &str| {
///     (name == "ALIBABA_CLOUD_ACCESS_KEY_ID").then(|| "FCTESTACCESSKEYID01".into())
/// });
/// let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// let error = provider.credentials(now).unwrap_err();
/// assert_eq!(
///     std::error::Error::source(&error).unwrap().to_string(),
///     "half-set: environment: ALIBABA_CLOUD_ACCESS_KEY_ID is set \
///      but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not",
/// );
/// # Ok::<(), fc_sign::SignError>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct EnvironmentProvider<E = ProcessEnvironment> {
    environment: E,
}

impl EnvironmentProvider {
    /// Creates a provider for the environment of the process.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<E: Environment> EnvironmentProvider<E> {
    /// Sets the environment to read instead of that of the process.
    #[must_use]
    pub fn environment<F: Environment>(self, environment: F) -> EnvironmentProvider<F> {
        EnvironmentProvider { environment }
    }

    fn read(&self) -> Result<Credentials, ProviderError> {
        access_key::from_environment(&self.environment)?.ok_or_else(|| {
            CredentialsSourceError::new(
                CredentialsSource::Environment,
                CredentialsSourceErrorKind::NotSet,
            )
            .into()
        })
    }
}

impl<E: Environment> CredentialsProvider for EnvironmentProvider<E> {
    async fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        self.read()
    }
}

impl<E: Environment> BlockingCredentialsProvider for EnvironmentProvider<E> {
    fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        self.read()
    }
}

impl<E> fmt::Debug for EnvironmentProvider<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvironmentProvider")
            .finish_non_exhaustive()
    }
}
