//! The signer of the scheme `acs`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::Mac as _;
use http::header::{ACCEPT, DATE};
use http::{HeaderName, Request};

use super::string_to_sign::{Defaults, SECURITY_TOKEN, StringToSign};
use crate::sink::text;
use crate::{AccessKeyId, Credentials, SignError, SignatureHeaders, Timestamp, header_value};

static ACCEPT_NAME: HeaderName = ACCEPT;
static DATE_NAME: HeaderName = DATE;
/// What a request without `Accept` means (RFC 9110, section 12.5.1). HTTP libraries add it after signing.
const ANY: &[u8] = b"*/*";

/// Signs calls of custom domains with the scheme `acs`, an HMAC-SHA1; see the [module](super) for what is inferred.
///
/// ```
/// use fc_sign::{Credentials, acs};
///
/// let signer = acs::AcsSigner::new(&Credentials::new(
///     "FCTESTACCESSKEYID01".parse()?,
///     "fcTestAccessKeySecret0123456789".parse()?,
/// ));
/// let request = http::Request::get("https://fc.example.com/orders?id=7").body(())?;
/// let headers = signer.sign(&request, "2022-05-11T09:00:00Z".parse()?)?;
/// assert!(headers.authorization().to_str()?.starts_with("acs FCTESTACCESSKEYID01:"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct AcsSigner {
    credentials: Credentials,
}

impl AcsSigner {
    /// Creates a signer. It adds the token of temporary credentials to every request.
    pub fn new(credentials: &Credentials) -> Self {
        Self {
            credentials: credentials.clone(),
        }
    }

    /// The id of the access key.
    pub fn access_key_id(&self) -> &AccessKeyId {
        self.credentials.access_key_id()
    }

    /// Signs `request` and returns the headers to add: `Accept: */*` and `Date`, unless the request has them,
    /// `x-acs-security-token` for temporary credentials, and `Authorization`.
    ///
    /// `Accept` is added because it is signed and HTTP libraries add one of their own. The body and the host are not
    /// signed.
    ///
    /// # Errors
    ///
    /// If the request is already signed, repeats a signed header or has another token than the credentials; if the path
    /// or the query has an escape, a `+` or a `$`, or a key without a value or with two: how these are signed is not
    /// documented. See [`SignError`].
    pub fn sign<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
    ) -> Result<SignatureHeaders, SignError> {
        let date = time.http_date();
        let string_to_sign = StringToSign::new(request, &self.defaults(&date))?;
        let mut hmac = self.credentials.sha1_key().clone();
        string_to_sign.write(&mut hmac);
        let signature = STANDARD.encode(hmac.finalize().into_bytes());
        let id = self.access_key_id().as_str();
        let authorization = header_value::sensitive(format!("acs {id}:{signature}").into());

        let given = request.headers();
        let add = |name: &'static HeaderName, value: &[u8]| {
            let value = (!given.contains_key(name)).then(|| Bytes::copy_from_slice(value));
            value.map(|value| (name, header_value::checked(value)))
        };
        let token = self.credentials.token();
        let others = [
            add(&ACCEPT_NAME, ANY),
            add(&DATE_NAME, &date),
            token.map(|token| (&SECURITY_TOKEN, token.clone())),
            None,
        ];
        Ok(SignatureHeaders::new(others, authorization))
    }

    /// Returns the string that [`sign`](Self::sign) signs. It contains the security token.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn string_to_sign<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
    ) -> Result<String, SignError> {
        let date = time.http_date();
        let string_to_sign = StringToSign::new(request, &self.defaults(&date))?;
        Ok(text(|sink| string_to_sign.write(sink)).as_str().to_owned())
    }

    fn defaults<'a>(&'a self, date: &'a [u8]) -> Defaults<'a> {
        Defaults {
            accept: ANY,
            date,
            token: self.credentials.token(),
        }
    }
}

impl fmt::Debug for AcsSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AcsSigner")
            .field("access_key_id", &self.access_key_id().as_str())
            .finish_non_exhaustive()
    }
}
