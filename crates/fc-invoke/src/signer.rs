//! A signer for one of the two schemes.

use bytes::Bytes;
use fc_sign::{Credentials, Nonce, SignError, SignatureHeaders, Timestamp, acs3, fc};
use http::Request;

use crate::Scheme;

/// A signer for one of the two schemes: made once for an access key, used for every attempt.
///
/// `Debug` shows the access key id, but no secret.
#[non_exhaustive]
#[derive(Debug, Clone)]
pub enum Signer {
    /// Signs with the `FC` scheme, which has no nonce.
    Fc(fc::FcSigner),
    /// Signs with the ACS3 scheme.
    Acs3(acs3::Acs3Signer),
}

impl Signer {
    /// Makes a signer for the scheme.
    pub fn new(scheme: Scheme, credentials: &Credentials) -> Self {
        match scheme {
            Scheme::Fc => Self::Fc(fc::FcSigner::new(credentials)),
            Scheme::Acs3 => Self::Acs3(acs3::Acs3Signer::new(credentials)),
        }
    }

    /// The signature scheme, as an argument for [`to_request`](crate::InvokeFunctionInput::to_request).
    pub fn scheme(&self) -> Scheme {
        match self {
            Self::Fc(_) => Scheme::Fc,
            Self::Acs3(_) => Scheme::Acs3,
        }
    }

    /// The maximum number of headers that `sign` adds.
    pub(crate) fn added_headers(&self) -> usize {
        match self {
            Self::Fc(signer) => 2 + usize::from(signer.is_temporary()),
            Self::Acs3(signer) => 4 + usize::from(signer.is_temporary()),
        }
    }

    /// Computes the headers that sign `request`, without changing it. Call it for every attempt.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the request is already signed or if its signature would be ambiguous. A request made by
    /// [`to_request`](crate::InvokeFunctionInput::to_request) can always be signed.
    pub fn sign(
        &self,
        request: &Request<Bytes>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<SignatureHeaders, SignError> {
        match self {
            Self::Fc(signer) => signer.sign(request, fc::Resource::Api, time),
            Self::Acs3(signer) => signer.sign(request, time, nonce),
        }
    }
}

impl From<fc::FcSigner> for Signer {
    fn from(signer: fc::FcSigner) -> Self {
        Self::Fc(signer)
    }
}

impl From<acs3::Acs3Signer> for Signer {
    fn from(signer: acs3::Acs3Signer) -> Self {
        Self::Acs3(signer)
    }
}
