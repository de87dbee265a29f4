//! The oracle: both signature schemes, written plainly from the published rules.
//!
//! It works on what is on the wire (method, raw target, header list, body) and shares no code with
//! the signers that it judges. Sources: manual page "Signature authentication" for the `FC` scheme,
//! manual page "V3 request syntax and signature method" for ACS3, and recorded traffic for both.

mod acs3;
mod digest;
mod fc;
mod query;
mod verdict;
mod wire;

use fcgate_protocol::{Credentials, Scheme, SignKind};

pub use self::digest::sha256_hex;
pub use self::verdict::{Reason, Verdict};
pub use self::wire::WireRequest;

/// Tells whether a request carries a valid signature of these credentials, and why not.
///
/// `kind` matters for the `FC` scheme alone. Clocks are not looked at.
///
/// ```
/// use crate::oracle::{self, WireRequest};
/// use fcgate_protocol::{Credentials, Scheme, SignKind};
///
/// let unsigned = WireRequest::new("POST", "/2021-04-06/services/s/functions/f/invocations")
///     .header("Date", "Wed, 11 May 2022 09:00:00 GMT");
/// let dummy = Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
/// let verdict = oracle::verify(&unsigned, Scheme::Fc, SignKind::Api, &dummy);
/// assert!(!verdict.verifies());
/// ```
pub fn verify(
    request: &WireRequest,
    scheme: Scheme,
    kind: SignKind,
    credentials: &Credentials,
) -> Verdict {
    match scheme {
        Scheme::Fc => fc::verify(request, kind, credentials),
        Scheme::Acs3 => acs3::verify(request, credentials),
    }
}

/// The stages of the `FC` scheme for a request, whatever signature it carries.
pub fn fc_stages(request: &WireRequest, kind: SignKind, secret: &str) -> fcgate_protocol::Stages {
    fc::Parts::of(request, kind).stages(secret)
}

/// The `FC` signature of a string to sign that was made elsewhere.
pub fn fc_signature(secret: &str, string_to_sign: &[u8]) -> String {
    digest::hmac_base64(secret, string_to_sign)
}

/// The stages of ACS3 for a request and a list of signed names, whatever signature it carries.
///
/// # Errors
///
/// The first name of the list that the request does not have.
pub fn acs3_stages(
    request: &WireRequest,
    signed_headers: &str,
    secret: &str,
) -> Result<fcgate_protocol::Stages, Reason> {
    acs3::stages(request, signed_headers, secret)
}
