//! The builder of the ready clients.

use std::fmt;

use fc_invoke::{Endpoint, RetryPolicy, Revision, Scheme};

use crate::ClientError;
use crate::transport_settings::{TransportSettings, transport_setters};

/// Makes a client that is ready to send.
///
/// Its last method names the HTTP library: `reqwest()`, `hyper()` or `ureq()`, each behind the feature of that name.
///
/// ```
/// use std::time::Duration;
///
/// use fc_client::{ClientBuilder, Credentials, Endpoint, ExchangeLimits, Revision};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let endpoint: Endpoint = "http://127.0.0.1:8080".parse()?;
/// let key = Credentials::new("my-key-id".parse()?, "my-key-secret".parse()?);
/// let builder = ClientBuilder::new(endpoint, key)
///     .revision(Revision::V2023_03_30)
///     .limits(ExchangeLimits::default().total(Duration::from_secs(600)));
/// # #[cfg(feature = "ureq")]
/// let client = builder.ureq()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClientBuilder<P> {
    pub(crate) endpoint: Endpoint,
    pub(crate) provider: P,
    revision: Option<Revision>,
    scheme: Option<Scheme>,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) transport: TransportSettings,
}

impl<P> ClientBuilder<P> {
    /// Makes a builder for an endpoint, with credentials or with a provider of credentials.
    pub fn new(endpoint: Endpoint, provider: P) -> Self {
        Self {
            endpoint,
            provider,
            revision: None,
            scheme: None,
            retry_policy: RetryPolicy::default(),
            transport: TransportSettings::default(),
        }
    }

    /// Sets the revision of the API that the client calls; the signature scheme follows from it.
    ///
    /// Without it, each invocation is signed by the scheme of its target's revision.
    #[must_use]
    pub fn revision(self, revision: Revision) -> Self {
        Self {
            revision: Some(revision),
            ..self
        }
    }

    /// Sets the signature scheme.
    #[must_use]
    pub fn scheme(self, scheme: Scheme) -> Self {
        Self {
            scheme: Some(scheme),
            ..self
        }
    }

    /// Sets the retry policy of all invocations.
    #[must_use]
    pub fn retry_policy(self, retry_policy: RetryPolicy) -> Self {
        Self {
            retry_policy,
            ..self
        }
    }

    transport_setters!();

    /// Checks the endpoint, and returns the scheme that is set or that follows from the revision.
    pub(crate) fn check(&self) -> Result<Option<Scheme>, ClientError> {
        TransportSettings::check(&self.endpoint)?;
        match (self.revision, self.scheme) {
            (Some(revision), Some(scheme)) if !revision.accepts(scheme) => {
                Err(ClientError::WrongScheme { revision, scheme })
            }
            (revision, scheme) => Ok(scheme.or(revision.map(Revision::scheme))),
        }
    }
}

impl<P> fmt::Debug for ClientBuilder<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("endpoint", &self.endpoint)
            .field("revision", &self.revision)
            .field("scheme", &self.scheme)
            .field("limits", &self.transport.limits)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder(endpoint: &str) -> ClientBuilder<()> {
        ClientBuilder::new(endpoint.parse().unwrap(), ())
    }

    #[test]
    fn the_scheme_follows_from_the_revision_unless_it_is_set() {
        let builder = builder("http://127.0.0.1:1");
        assert_eq!(builder.check().unwrap(), None);
        for (revision, scheme) in [
            (Revision::V2016_08_15, Scheme::Fc),
            (Revision::V2021_04_06, Scheme::Fc),
            (Revision::V2023_03_30, Scheme::Acs3),
        ] {
            let builder = builder.clone().revision(revision);
            assert_eq!(builder.check().unwrap(), Some(scheme));
            let builder = builder.scheme(Scheme::Acs3);
            assert_eq!(builder.check().unwrap(), Some(Scheme::Acs3));
        }
    }

    #[test]
    fn a_wrong_scheme_is_refused_and_the_right_one_is_named() {
        let builder = builder("http://127.0.0.1:1").revision(Revision::V2023_03_30);
        let error = builder.scheme(Scheme::Fc).check().unwrap_err();
        assert_eq!(
            error.to_string(),
            "requests of revision 2023-03-30 are not signed by Scheme::Fc; use Scheme::Acs3"
        );
    }

    #[test]
    fn an_https_endpoint_needs_the_feature_for_tls() {
        let result = builder("https://fc.example.com").check();
        if cfg!(feature = "rustls") {
            assert!(result.is_ok());
        } else {
            let text = result.unwrap_err().to_string();
            assert_eq!(
                text,
                "https needs TLS: enable the feature `rustls` of fc-client"
            );
        }
    }
}
