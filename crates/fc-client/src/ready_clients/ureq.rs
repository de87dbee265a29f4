//! Clients over ureq.

use fc_invoke::{BlockingClient, BlockingTriggerClient};
use fc_sign::{BlockingCredentialsProvider, Credentials};
use fc_transport_ureq::{UreqTransport, config};

use crate::transport_settings::TransportSettings;
use crate::{ClientBuilder, ClientError, TriggerClientBuilder};

/// A blocking client over `ureq`.
pub type UreqClient<P = Credentials> = BlockingClient<UreqTransport, P>;

/// A blocking client of an HTTP trigger over `ureq`.
pub type UreqTriggerClient<P = Credentials> = BlockingTriggerClient<UreqTransport, P>;

#[cfg_attr(docsrs, doc(cfg(feature = "ureq")))]
impl<P: BlockingCredentialsProvider> ClientBuilder<P> {
    /// Makes a blocking client over `ureq`.
    ///
    /// # Errors
    ///
    /// [`ClientError`] for a scheme that the revision does not accept, an https endpoint without the feature `rustls`, or
    /// root certificates that cannot be used.
    pub fn ureq(self) -> Result<UreqClient<P>, ClientError> {
        let scheme = self.check()?;
        let transport = self.transport.ureq();
        let client = BlockingClient::new(transport, self.endpoint, scheme, self.provider);
        Ok(client.retry_policy(self.retry_policy))
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "ureq")))]
impl<P: BlockingCredentialsProvider> TriggerClientBuilder<P> {
    /// Makes a client of the trigger over `ureq`, a blocking one.
    ///
    /// # Errors
    ///
    /// [`ClientError`] for an https endpoint without the feature `rustls`.
    pub fn ureq(self) -> Result<UreqTriggerClient<P>, ClientError> {
        TransportSettings::check(&self.endpoint)?;
        let transport = self.transport.ureq();
        Ok(BlockingTriggerClient::new(
            transport,
            self.endpoint,
            self.auth,
        ))
    }
}

impl TransportSettings {
    fn ureq(&self) -> UreqTransport {
        let config = config().timeout_connect(Some(self.connect_timeout));
        #[cfg(feature = "rustls")]
        let config = config.tls_config(tls_config(&self.root_certificates));
        UreqTransport::new(config.build().new_agent()).limits(self.limits)
    }
}

#[cfg(feature = "rustls")]
fn tls_config(roots: &crate::RootCertificates) -> ureq::tls::TlsConfig {
    use std::sync::Arc;

    use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

    use crate::root_certificates::Roots;

    let certificate =
        |der: &rustls::pki_types::CertificateDer<'_>| Certificate::from_der(der).to_owned();
    let roots = match &roots.0 {
        Roots::System => RootCerts::PlatformVerifier,
        Roots::Own(all) => RootCerts::Specific(Arc::new(all.iter().map(certificate).collect())),
    };
    TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(roots)
        .unversioned_rustls_crypto_provider(crate::tls::provider())
        .build()
}
