//! The settings of the transports of ready clients.

use std::time::Duration;

use fc_invoke::Endpoint;
use fc_transport::ExchangeLimits;

use crate::ClientError;
#[cfg(feature = "rustls")]
use crate::RootCertificates;

/// The connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// What every transport of a ready client is configured with. The module of each HTTP library makes a transport of it.
#[derive(Clone)]
pub(crate) struct TransportSettings {
    pub(crate) limits: ExchangeLimits,
    pub(crate) connect_timeout: Duration,
    #[cfg(feature = "rustls")]
    pub(crate) root_certificates: RootCertificates,
}

impl TransportSettings {
    /// Checks that the transport can reach the endpoint.
    pub(crate) fn check(endpoint: &Endpoint) -> Result<(), ClientError> {
        if cfg!(not(feature = "rustls")) && endpoint.to_string().starts_with("https:") {
            return Err(ClientError::TlsNotEnabled);
        }
        Ok(())
    }
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self {
            limits: ExchangeLimits::default(),
            connect_timeout: CONNECT_TIMEOUT,
            #[cfg(feature = "rustls")]
            root_certificates: RootCertificates::system(),
        }
    }
}

/// Declares the setters of a builder with a field `transport`.
macro_rules! transport_setters {
    () => {
        /// Sets the limits of each exchange: body sizes and times. There is no time limit by default; see
        /// [`ExchangeLimits`](fc_transport::ExchangeLimits) for what ends a call then.
        #[must_use]
        pub fn limits(mut self, limits: fc_transport::ExchangeLimits) -> Self {
            self.transport.limits = limits;
            self
        }

        /// Sets the connect timeout; the default is 5 s.
        #[must_use]
        pub fn connect_timeout(mut self, time: std::time::Duration) -> Self {
            self.transport.connect_timeout = time;
            self
        }

        /// Sets the certificates that the client trusts; the default is those of the operating system.
        #[cfg(feature = "rustls")]
        #[must_use]
        pub fn root_certificates(mut self, root_certificates: $crate::RootCertificates) -> Self {
            self.transport.root_certificates = root_certificates;
            self
        }
    };
}

pub(crate) use transport_setters;
