//! The oracle: verifies both signature schemes by the published rules.
//!
//! Its input is a request in wire form (method, raw target, header list, body). It shares no code with the signers
//! that it verifies. Sources: manual page "Signature authentication" for the `FC` scheme, manual page "V3 request
//! syntax and signature method" for ACS3, and recorded traffic for both.

mod acs3;
mod digest;
mod fc;
mod query;
mod signature_verdict;
mod wire;

use fcgate_protocol::{Credentials, Scheme, SignKind};

pub use self::digest::{sha256_hex, signatures_are_equal};
pub use self::signature_verdict::{Reason, Verdict};
pub use self::wire::WireRequest;

/// Verifies the signature of a request with these credentials.
///
/// ACS3 has one recipe for API requests and one for HTTP triggers; it has no pre-signed URLs. The date is not compared
/// with a clock.
///
/// ```
/// use fcgate_cases::oracle::{self, WireRequest};
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
        Scheme::Acs3 => acs3::verify(request, kind, credentials),
    }
}

/// Computes the intermediate texts and the signature of the `FC` scheme for a request. Its own signature is ignored.
pub fn fc_stages(request: &WireRequest, kind: SignKind, secret: &str) -> fcgate_protocol::Stages {
    fc::Parts::of(request, kind).stages(secret)
}

/// Computes the `FC` signature of a string to sign.
pub fn fc_signature(secret: &str, string_to_sign: &[u8]) -> String {
    digest::hmac_base64(secret, string_to_sign)
}

/// Computes the intermediate texts and the signature of ACS3 for a request and a list of signed header names. Its own
/// signature is ignored.
///
/// # Errors
///
/// The first signed name that is not a header of the request.
pub fn acs3_stages(
    request: &WireRequest,
    signed_headers: &str,
    secret: &str,
) -> Result<fcgate_protocol::Stages, Reason> {
    acs3::stages(request, signed_headers, secret)
}
