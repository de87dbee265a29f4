//! The builder of the ready clients of HTTP triggers.

use std::fmt;

use fc_invoke::{Endpoint, TriggerAuth};
use fc_sign::Credentials;

use crate::transport_settings::{TransportSettings, transport_setters};

/// Makes a client of an HTTP trigger or a custom domain that is ready to send.
///
/// Its last method names the HTTP library, as that of [`ClientBuilder`](crate::ClientBuilder).
///
/// ```
/// use fc_client::{Credentials, TriggerAuth, TriggerClientBuilder, TriggerScheme};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let key = Credentials::new("my-key-id".parse()?, "my-key-secret".parse()?);
/// let auth = TriggerAuth::signed(TriggerScheme::Acs3, key);
/// let builder = TriggerClientBuilder::new("http://127.0.0.1:8080".parse()?, auth);
/// # #[cfg(feature = "ureq")]
/// let client = builder.ureq()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TriggerClientBuilder<P = Credentials> {
    pub(crate) endpoint: Endpoint,
    pub(crate) auth: TriggerAuth<P>,
    pub(crate) transport: TransportSettings,
}

impl<P> TriggerClientBuilder<P> {
    /// Makes a builder for the scheme and the host of a trigger's address, with an authentication.
    pub fn new(endpoint: Endpoint, auth: TriggerAuth<P>) -> Self {
        Self {
            endpoint,
            auth,
            transport: TransportSettings::default(),
        }
    }

    transport_setters!();
}

impl<P> fmt::Debug for TriggerClientBuilder<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TriggerClientBuilder")
            .field("endpoint", &self.endpoint)
            .field("auth", &self.auth)
            .field("limits", &self.transport.limits)
            .finish_non_exhaustive()
    }
}
