//! The error of a client that cannot be made.

use std::error::Error;
use std::fmt;

use fc_invoke::{Revision, Scheme};

/// The reason that a client cannot be made.
#[non_exhaustive]
#[derive(Debug)]
pub enum ClientError {
    /// Requests of this revision are not signed by this scheme.
    WrongScheme {
        /// The revision of the builder.
        revision: Revision,
        /// The scheme of the builder.
        scheme: Scheme,
    },
    /// The endpoint is an https one, and this crate was built without TLS.
    TlsNotEnabled,
    /// The root certificates cannot be used.
    RootCertificates(Box<dyn Error + Send + Sync>),
    /// The HTTP library could not make its client.
    HttpClient(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongScheme { revision, scheme } => write!(
                f,
                "requests of revision {revision} are not signed by Scheme::{scheme:?}; use Scheme::{:?}",
                revision.scheme()
            ),
            Self::TlsNotEnabled => {
                f.write_str("https needs TLS: enable the feature `rustls` of fc-client")
            }
            Self::RootCertificates(_) => f.write_str(
                "the root certificates cannot be used; expected at least one certificate in PEM",
            ),
            Self::HttpClient(_) => f.write_str("the HTTP client cannot be made"),
        }
    }
}

impl Error for ClientError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::WrongScheme { .. } | Self::TlsNotEnabled => None,
            Self::RootCertificates(error) | Self::HttpClient(error) => Some(&**error),
        }
    }
}
