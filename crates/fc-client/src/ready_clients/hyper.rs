//! Clients over hyper-util.

use fc_invoke::Client;
use fc_sign::{Credentials, CredentialsProvider};
use fc_transport_hyper::HyperTransport;
use hyper_util::client::legacy::connect::HttpConnector;

use crate::{ClientBuilder, ClientError};

#[cfg(feature = "rustls")]
type Connector = hyper_rustls::HttpsConnector<HttpConnector>;
#[cfg(not(feature = "rustls"))]
type Connector = HttpConnector;

/// A client over the pooled client of `hyper-util`. The type of its connector depends on the feature `rustls`.
pub type HyperClient<P = Credentials> = Client<HyperTransport<Connector>, P>;

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
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(self.connect_timeout));
        connector.set_nodelay(true);
        #[cfg(feature = "rustls")]
        let connector = {
            connector.enforce_http(false);
            let config = crate::tls::client_config(&self.root_certificates)?;
            hyper_rustls::HttpsConnector::from((connector, config))
        };
        let transport = HyperTransport::with_connector(connector).limits(self.limits);
        let client = Client::new(transport, self.endpoint, scheme, self.provider);
        Ok(client.retry_policy(self.retry_policy))
    }
}
