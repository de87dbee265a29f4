//! The signer of the `FC` scheme.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::Mac as _;
use http::header::DATE;
use http::{HeaderName, HeaderValue, Request};

use super::added_values::{AddedValues, SCHEME, SIGNATURE_LEN};
use super::canonical_resource::{CanonicalResource, Resource};
use super::explanation::Explanation;
use super::string_to_sign::{HeaderLines, StringToSign, X_FC_SECURITY_TOKEN};
use crate::sink::Sink as _;
use crate::sorted_headers::SortedHeaders;
use crate::{
    AccessKeyId, Credentials, SignError, SignatureHeaders, Timestamp, header_value, method,
};

/// Signs requests with the `FC` scheme. Create one per access key and use it for every request.
///
/// The credentials store the HMAC state after the key, so creating a signer is cheap and signing
/// hashes only the string to sign. The crate's documentation has an example.
#[derive(Clone)]
pub struct FcSigner {
    credentials: Credentials,
}

static DATE_NAME: HeaderName = DATE;

impl FcSigner {
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

    /// Whether the credentials have a security token.
    pub fn is_temporary(&self) -> bool {
        self.credentials.is_temporary()
    }

    /// The value of `x-fc-security-token` for temporary credentials.
    pub(super) fn token(&self) -> Option<&HeaderValue> {
        self.credentials.token()
    }

    /// Signs `request` and returns the headers to add: `Date`, unless the request has `Date` or
    /// `x-fc-date`, `x-fc-security-token` for temporary credentials, and `Authorization`.
    ///
    /// The request's own `Date` or, without it, `x-fc-date` is signed unchanged. The body is not
    /// read.
    ///
    /// # Errors
    ///
    /// If the request is already signed, has another token than the credentials, or if another
    /// request could have the same string to sign; see [`SignError`].
    pub fn sign<B>(
        &self,
        request: &Request<B>,
        resource: Resource,
        time: Timestamp,
    ) -> Result<SignatureHeaders, SignError> {
        self.with_string_to_sign(request, resource, time, |string_to_sign, added_date| {
            let mut values = AddedValues::new();
            values.write(added_date.unwrap_or_default());
            self.write_authorization(string_to_sign, &mut values);
            let mut values = Bytes::from_owner(values);
            let date = added_date.map(|date| {
                let value = values.split_to(date.len());
                (&DATE_NAME, header_value::checked(value))
            });
            let token = self
                .token()
                .map(|token| (&X_FC_SECURITY_TOKEN, token.clone()));
            SignatureHeaders::new([date, token, None, None], header_value::sensitive(values))
        })
    }

    /// Returns the stages of the same signature as text.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn explain<B>(
        &self,
        request: &Request<B>,
        resource: Resource,
        time: Timestamp,
    ) -> Result<Explanation, SignError> {
        self.with_string_to_sign(request, resource, time, |string_to_sign, _| {
            Explanation::new(string_to_sign, self.signature(string_to_sign))
        })
    }

    /// Calls `then` with the string to sign and the value of `Date`, if signing adds one.
    fn with_string_to_sign<B, T>(
        &self,
        request: &Request<B>,
        resource: Resource,
        time: Timestamp,
        then: impl FnOnce(&StringToSign<'_>, Option<&[u8]>) -> T,
    ) -> Result<T, SignError> {
        let mut headers = SortedHeaders::new();
        let lines = HeaderLines::read(request.headers(), self.token(), &mut headers)?;
        let request_date = lines.request_date()?;
        let added_date = request_date.is_none().then(|| time.http_date());
        let added_date = added_date.as_ref().map(<[u8; 29]>::as_slice);
        let string_to_sign = StringToSign {
            method: method::upper_case(request.method())?,
            lines,
            date: request_date.or(added_date).unwrap_or_default(),
            headers: &headers,
            resource: CanonicalResource::new(request.uri(), resource)?,
        };
        Ok(then(&string_to_sign, added_date))
    }

    /// The base64 of the HMAC over the string to sign.
    pub(super) fn signature(&self, string_to_sign: &StringToSign<'_>) -> String {
        STANDARD.encode(self.hmac(string_to_sign))
    }

    fn hmac(&self, string_to_sign: &StringToSign<'_>) -> [u8; 32] {
        let mut hmac = self.credentials.key().clone();
        string_to_sign.write(&mut hmac);
        hmac.finalize().into_bytes().into()
    }

    fn write_authorization(&self, string_to_sign: &StringToSign<'_>, values: &mut AddedValues) {
        values.write(SCHEME);
        values.write(self.access_key_id().as_str().as_bytes());
        values.write(b":");
        let mut signature = [0; SIGNATURE_LEN];
        let encoded = STANDARD.encode_slice(self.hmac(string_to_sign), &mut signature);
        debug_assert_eq!(
            encoded,
            Ok(SIGNATURE_LEN),
            "32 bytes are 44 characters of base64"
        );
        values.write(&signature);
    }
}

impl fmt::Debug for FcSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FcSigner")
            .field("access_key_id", &self.access_key_id().as_str())
            .finish_non_exhaustive()
    }
}
