//! One of the two signers, as a value.

use bytes::Bytes;
use fc_sign::{Additions, Credentials, Nonce, SignError, Timestamp, acs3, fc};
use http::Request;

use crate::Scheme;

/// The signer of an invocation: made once for an access key, used for every attempt.
///
/// `Debug` shows the access key id and no secret.
#[non_exhaustive]
#[derive(Debug, Clone)]
pub enum Signer {
    /// Signs by the `FC` scheme; the nonce is not used.
    Fc(fc::Signer),
    /// Signs by ACS3.
    Acs3(acs3::Signer),
}

impl Signer {
    /// A signer for the scheme.
    pub fn new(scheme: Scheme, credentials: &Credentials) -> Self {
        match scheme {
            Scheme::Fc => Self::Fc(fc::Signer::new(credentials)),
            Scheme::Acs3 => Self::Acs3(acs3::Signer::new(credentials)),
        }
    }

    /// The scheme that it signs by, for [`to_request`](crate::InvokeFunctionInput::to_request).
    pub fn scheme(&self) -> Scheme {
        match self {
            Self::Fc(_) => Scheme::Fc,
            Self::Acs3(_) => Scheme::Acs3,
        }
    }

    /// How many headers a signing adds at the most.
    pub(crate) fn added_headers(&self) -> usize {
        match self {
            Self::Fc(signer) => 2 + usize::from(signer.is_temporary()),
            Self::Acs3(signer) => 4 + usize::from(signer.is_temporary()),
        }
    }

    /// The headers that sign `request`; it is left alone. Every attempt is signed anew.
    ///
    /// # Errors
    ///
    /// When the request is signed already or cannot be signed without doubt; see [`SignError`]. A
    /// request of [`to_request`](crate::InvokeFunctionInput::to_request) can.
    pub fn sign(
        &self,
        request: &Request<Bytes>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<Additions, SignError> {
        match self {
            Self::Fc(signer) => signer.sign(request, fc::Resource::Api, time),
            Self::Acs3(signer) => signer.sign(request, time, nonce),
        }
    }
}

impl From<fc::Signer> for Signer {
    fn from(signer: fc::Signer) -> Self {
        Self::Fc(signer)
    }
}

impl From<acs3::Signer> for Signer {
    fn from(signer: acs3::Signer) -> Self {
        Self::Acs3(signer)
    }
}
