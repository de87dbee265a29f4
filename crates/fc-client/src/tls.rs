//! The settings of rustls.

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, aws_lc_rs};

/// The cryptography of every client.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

#[cfg(any(feature = "hyper", feature = "reqwest"))]
pub(crate) use configuration::client_config;

#[cfg(any(feature = "hyper", feature = "reqwest"))]
mod configuration {
    use std::sync::Arc;

    use rustls::{ClientConfig, Error, RootCertStore};
    use rustls_platform_verifier::Verifier;

    use crate::root_certificates::Roots;
    use crate::{ClientError, RootCertificates};

    /// Makes the settings for clients that trust these certificates and speak HTTP/1.1.
    pub(crate) fn client_config(roots: &RootCertificates) -> Result<ClientConfig, ClientError> {
        let refuse = |error: Error| ClientError::RootCertificates(error.into());
        let provider = super::provider();
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(refuse)?;
        let builder = match &roots.0 {
            Roots::System => builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(
                    Verifier::new(provider).map_err(refuse)?,
                )),
            Roots::Own(certificates) => {
                let mut store = RootCertStore::empty();
                store.add_parsable_certificates(certificates.iter().cloned());
                builder.with_root_certificates(store)
            }
        };
        let mut config = builder.with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}
