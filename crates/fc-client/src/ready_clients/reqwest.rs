//! Clients over reqwest.

use fc_invoke::{Client, TriggerClient};
use fc_sign::{Credentials, CredentialsProvider};
use fc_transport_reqwest::{ReqwestTransport, client_builder};

use crate::transport_settings::TransportSettings;
use crate::{ClientBuilder, ClientError, TriggerClientBuilder};

/// A client over `reqwest`.
pub type ReqwestClient<P = Credentials> = Client<ReqwestTransport, P>;

/// A client of an HTTP trigger over `reqwest`.
pub type ReqwestTriggerClient<P = Credentials> = TriggerClient<ReqwestTransport, P>;

#[cfg_attr(docsrs, doc(cfg(feature = "reqwest")))]
impl<P: CredentialsProvider> ClientBuilder<P> {
    /// Makes a client over `reqwest`. It runs on tokio.
    ///
    /// # Errors
    ///
    /// [`ClientError`] for a scheme that the revision does not accept, an https endpoint without the feature `rustls`, or
    /// root certificates that cannot be used.
    pub fn reqwest(self) -> Result<ReqwestClient<P>, ClientError> {
        let scheme = self.check()?;
        let transport = self.transport.reqwest()?;
        let client = Client::new(transport, self.endpoint, scheme, self.provider);
        Ok(client.retry_policy(self.retry_policy))
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "reqwest")))]
impl<P: CredentialsProvider> TriggerClientBuilder<P> {
    /// Makes a client of the trigger over `reqwest`. It runs on tokio.
    ///
    /// # Errors
    ///
    /// [`ClientError`] for an https endpoint without the feature `rustls`, or root certificates that cannot be used.
    pub fn reqwest(self) -> Result<ReqwestTriggerClient<P>, ClientError> {
        TransportSettings::check(&self.endpoint)?;
        let transport = self.transport.reqwest()?;
        Ok(TriggerClient::new(transport, self.endpoint, self.auth))
    }
}

impl TransportSettings {
    fn reqwest(&self) -> Result<ReqwestTransport, ClientError> {
        let connect_timeout = self.connect_timeout;
        let settings = move || client_builder().connect_timeout(connect_timeout);
        #[cfg(feature = "rustls")]
        let settings = {
            let config = crate::tls::client_config(&self.root_certificates)?;
            move || settings().tls_backend_preconfigured(config.clone())
        };
        let transport = ReqwestTransport::new(settings);
        let transport = transport.map_err(|error| ClientError::HttpClient(error.into()))?;
        Ok(transport.limits(self.limits))
    }
}
