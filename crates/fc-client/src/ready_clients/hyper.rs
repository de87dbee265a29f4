//! Clients over hyper-util.

use fc_invoke::{Client, TriggerClient};
use fc_sign::{Credentials, CredentialsProvider};
use fc_transport_hyper::{HyperTransport, http_connector};
use hyper_util::client::legacy::connect::HttpConnector;

use crate::transport_settings::TransportSettings;
use crate::{ClientBuilder, ClientError, TriggerClientBuilder};

#[cfg(feature = "rustls")]
type Connector = hyper_rustls::HttpsConnector<HttpConnector>;
#[cfg(not(feature = "rustls"))]
type Connector = HttpConnector;

/// A client over the pooled client of `hyper-util`. The type of its connector depends on the feature `rustls`.
pub type HyperClient<P = Credentials> = Client<HyperTransport<Connector>, P>;

/// A client of an HTTP trigger over the pooled client of `hyper-util`.
pub type HyperTriggerClient<P = Credentials> = TriggerClient<HyperTransport<Connector>, P>;

#[cfg_attr(docsrs, doc(cfg(feature = "hyper")))]
impl<P: CredentialsProvider> ClientBuilder<P> {
    /// Makes a client over the pooled client of `hyper-util`. It runs on tokio.
    ///
    /// # Errors
    ///
    /// [`ClientError`] for a scheme that the revision does not accept, an https endpoint without the feature `rustls`, or
    /// root certificates that cannot be used.
    pub fn hyper(self) -> Result<HyperClient<P>, ClientError> {
        let scheme = self.check()?;
        let transport = self.transport.hyper()?;
        let client = Client::new(transport, self.endpoint, scheme, self.provider);
        Ok(client.retry_policy(self.retry_policy))
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "hyper")))]
impl<P: CredentialsProvider> TriggerClientBuilder<P> {
    /// Makes a client of the trigger over the pooled client of `hyper-util`. It runs on tokio.
    ///
    /// # Errors
    ///
    /// [`ClientError`] for an https endpoint without the feature `rustls`, or root certificates that cannot be used.
    pub fn hyper(self) -> Result<HyperTriggerClient<P>, ClientError> {
        TransportSettings::check(&self.endpoint)?;
        let transport = self.transport.hyper()?;
        Ok(TriggerClient::new(transport, self.endpoint, self.auth))
    }
}

impl TransportSettings {
    #[cfg_attr(
        not(feature = "rustls"),
        expect(clippy::unnecessary_wraps, reason = "only certificates can be wrong")
    )]
    fn hyper(&self) -> Result<HyperTransport<Connector>, ClientError> {
        let mut connector = http_connector();
        connector.set_connect_timeout(Some(self.connect_timeout));
        #[cfg(feature = "rustls")]
        let connector = {
            connector.enforce_http(false);
            let config = crate::tls::client_config(&self.root_certificates)?;
            hyper_rustls::HttpsConnector::from((connector, config))
        };
        Ok(HyperTransport::with_connector(connector).limits(self.limits))
    }
}
