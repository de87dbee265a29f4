//! The signature schemes of HTTP triggers.

use fc_sign::acs3::Acs3Signer;
use fc_sign::fc::{FcSigner, Resource};
use fc_sign::{Credentials, SignError, SignatureHeaders, Timestamp};
use http::Request;

use crate::Scheme;

/// The signature scheme of a call of an HTTP trigger or a custom domain.
///
/// No scheme signs the body, and none signs a session. Which host accepts which scheme besides those of the manual is
/// unknown.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TriggerScheme {
    /// ACS3, for triggers of Function Compute 3.0; see [`Acs3Signer::sign_http_trigger`].
    Acs3,
    /// `FC`, for triggers of Function Compute 2.0; see [`Resource::HttpTrigger`].
    Fc,
    /// `acs`, an HMAC-SHA1, for custom domains of Function Compute 3.0. Mostly inferred; see [`fc_sign::acs`].
    #[cfg(feature = "acs")]
    Acs,
}

impl TriggerScheme {
    /// Computes the headers that sign `request`, without changing it.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the request is already signed, or if its path or query could be signed in two ways.
    pub fn sign<B>(
        self,
        request: &Request<B>,
        credentials: &Credentials,
        time: Timestamp,
    ) -> Result<SignatureHeaders, SignError> {
        match self {
            Self::Acs3 => Acs3Signer::new(credentials).sign_http_trigger(request, time),
            Self::Fc => FcSigner::new(credentials).sign(request, Resource::HttpTrigger, time),
            #[cfg(feature = "acs")]
            Self::Acs => fc_sign::acs::AcsSigner::new(credentials).sign(request, time),
        }
    }
}

impl From<Scheme> for TriggerScheme {
    fn from(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Fc => Self::Fc,
            Scheme::Acs3 => Self::Acs3,
        }
    }
}
