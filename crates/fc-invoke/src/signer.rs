//! A signer for one of the two schemes.

use bytes::Bytes;
use fc_sign::{Credentials, Nonce, SignError, SignatureHeaders, Timestamp, acs3, fc};
use http::Request;

use crate::Scheme;
use crate::content_md5::{self, CONTENT_MD5};

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
    /// [`SignError`] if the request is already signed, if its signature would be ambiguous, or if its `Content-MD5` or
    /// `x-acs-content-sha256` is the digest of another body. A request made by
    /// [`to_request`](crate::InvokeFunctionInput::to_request) can always be signed.
    pub fn sign(
        &self,
        request: &Request<Bytes>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<SignatureHeaders, SignError> {
        let given = request.headers().get(CONTENT_MD5);
        if given.is_some_and(|given| !content_md5::is_digest(given, request.body())) {
            return Err(SignError::StaleDigest(CONTENT_MD5));
        }
        self.sign_built(request, time, nonce)
    }

    /// Signs a request whose body is not in memory; for ACS3 it must have the digest of the body.
    pub(crate) fn sign_head<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<SignatureHeaders, SignError> {
        match self {
            Self::Fc(signer) => signer.sign(request, fc::Resource::Api, time),
            Self::Acs3(signer) => signer.sign_head(request, time, nonce),
        }
    }

    /// Signs a request whose `Content-MD5` has just been computed.
    pub(crate) fn sign_built(
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
