//! The error of a request that was not signed.

use std::error::Error;
use std::fmt;

use fc_sign::{ProviderError, SignError};

/// The reason that a request was not signed. The request is unchanged.
#[non_exhaustive]
#[derive(Debug)]
pub enum SigningError {
    /// The provider returned no credentials.
    Credentials(ProviderError),
    /// The request cannot be signed.
    Sign(SignError),
    /// ACS3 signs the digest of the body, but the body is a stream, or it could not be read.
    Body(Option<Box<dyn Error + Send + Sync>>),
    /// The URL of the request is not a URI.
    Uri(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credentials(error) => write!(f, "{error}"),
            Self::Sign(error) => write!(f, "sign: {error}"),
            Self::Body(_) => f.write_str("sign: expected a request body in memory"),
            Self::Uri(_) => f.write_str("sign: the URL of the request is not a valid URI"),
        }
    }
}

impl Error for SigningError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Credentials(error) => error.source(),
            Self::Sign(error) => error.source(),
            Self::Uri(error) => Some(&**error),
            Self::Body(error) => error.as_ref().map(|error| &**error as _),
        }
    }
}

impl From<ProviderError> for SigningError {
    fn from(error: ProviderError) -> Self {
        Self::Credentials(error)
    }
}

impl From<SignError> for SigningError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}
