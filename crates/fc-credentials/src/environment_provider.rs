//! The access key in the environment.

use std::fmt;

use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, ProviderError, Timestamp,
};

use crate::{Environment, Origin, OriginError, OriginErrorKind, ProcessEnvironment, keys};

/// The key in `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, with the token in
/// `ALIBABA_CLOUD_SECURITY_TOKEN` where there is one.
///
/// The variables are read at each call. One that is empty counts as not set. Blanks at the ends of a value are an
/// error and are never trimmed: they are part of what would be signed. No other names are read; in particular not
/// `OSS_ACCESS_KEY_ID`.
///
/// It fails with an [`OriginError`] as the source: [`NotSet`](OriginErrorKind::NotSet) without a key,
/// [`HalfSet`](OriginErrorKind::HalfSet) with half of one, [`NotText`](OriginErrorKind::NotText) and
/// [`Invalid`](OriginErrorKind::Invalid).
///
/// ```
/// use fc_credentials::EnvironmentProvider;
/// use fc_sign::{BlockingCredentialsProvider, Timestamp};
///
/// let half = EnvironmentProvider::new().environment(|name: &str| {
///     (name == "ALIBABA_CLOUD_ACCESS_KEY_ID").then(|| "FCTESTACCESSKEYID01".into())
/// });
/// let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// let error = half.credentials(now).unwrap_err();
/// assert_eq!(
///     std::error::Error::source(&error).unwrap().to_string(),
///     "half-set: environment: ALIBABA_CLOUD_ACCESS_KEY_SECRET is missing, what it goes with is set",
/// );
/// # Ok::<(), fc_sign::SignError>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct EnvironmentProvider<E = ProcessEnvironment> {
    environment: E,
}

impl EnvironmentProvider {
    /// The environment of the process.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<E: Environment> EnvironmentProvider<E> {
    /// Another environment than that of the process.
    #[must_use]
    pub fn environment<F: Environment>(self, environment: F) -> EnvironmentProvider<F> {
        EnvironmentProvider { environment }
    }

    fn read(&self) -> Result<Credentials, ProviderError> {
        let found = keys::of_environment(&self.environment)?;
        found.ok_or_else(|| OriginError::new(Origin::Environment, OriginErrorKind::NotSet).into())
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
