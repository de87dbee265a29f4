//! The signer of the `FC` scheme.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::Mac as _;
use http::header::DATE;
use http::{HeaderName, HeaderValue, Request};

use super::canonical::{Canonical, Lines, X_FC_SECURITY_TOKEN};
use super::explanation::Explanation;
use super::resource::{CanonicalResource, Resource};
use crate::sorted_headers::SortedHeaders;
use crate::{AccessKeyId, Additions, Credentials, SignError, Timestamp, header_value, method};

/// Signs requests by the `FC` scheme; made once for an access key and used for every request.
///
/// The credentials keep the HMAC's key schedule, so that a signer costs nothing to make and signing hashes
/// nothing but the text. See the crate's example.
#[derive(Clone)]
pub struct Signer {
    credentials: Credentials,
}

static DATE_NAME: HeaderName = DATE;
const SCHEME: &[u8] = b"FC ";
/// 32 bytes in padded base64.
const SIGNATURE_LEN: usize = 44;

impl Signer {
    /// A signer for an access key; a temporary one's token goes into every request.
    pub fn new(credentials: &Credentials) -> Self {
        Self {
            credentials: credentials.clone(),
        }
    }

    /// The id under which it signs.
    pub fn access_key_id(&self) -> &AccessKeyId {
        self.credentials.access_key_id()
    }

    /// Whether a token goes into every request.
    pub fn is_temporary(&self) -> bool {
        self.credentials.is_temporary()
    }

    /// The value of `x-fc-security-token`, where the key is a temporary one.
    pub(super) fn token(&self) -> Option<&HeaderValue> {
        self.credentials.token()
    }

    /// The headers that sign `request`: `Authorization`, before it `Date` where the request has neither
    /// `Date` nor `x-fc-date`, and `x-fc-security-token` where the key is a temporary one.
    ///
    /// A `Date` of the request is signed as it stands; an `x-fc-date` alone fills its place. The body
    /// is not looked at.
    ///
    /// # Errors
    ///
    /// When the request is signed already, has a token beside that of the credentials, or when the
    /// receiver could read another request into the signed text; see [`SignError`].
    pub fn sign<B>(
        &self,
        request: &Request<B>,
        resource: Resource,
        time: Timestamp,
    ) -> Result<Additions, SignError> {
        self.with_canonical(request, resource, time, |canonical, added_date| {
            let date = added_date.map(|date| {
                (
                    &DATE_NAME,
                    header_value::checked(Bytes::copy_from_slice(date)),
                )
            });
            let token = self
                .token()
                .map(|token| (&X_FC_SECURITY_TOKEN, token.clone()));
            Additions::new([date, token, None, None], self.authorization(canonical))
        })
    }

    /// The stages of the same signature, for a person to look at.
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
        self.with_canonical(request, resource, time, |canonical, _| {
            Explanation::of(canonical, self.signature(canonical))
        })
    }

    /// Calls `then` with the canonical text and with the date that the request lacks.
    fn with_canonical<B, T>(
        &self,
        request: &Request<B>,
        resource: Resource,
        time: Timestamp,
        then: impl FnOnce(&Canonical<'_>, Option<&[u8]>) -> T,
    ) -> Result<T, SignError> {
        let mut headers = SortedHeaders::new();
        let lines = Lines::read(request.headers(), self.token(), &mut headers)?;
        let given_date = lines.given_date()?;
        let added_date = given_date.is_none().then(|| time.http_date());
        let added_date = added_date.as_ref().map(<[u8; 29]>::as_slice);
        let canonical = Canonical {
            method: method::signed(request.method())?,
            lines,
            date: given_date.or(added_date).unwrap_or_default(),
            headers: &headers,
            resource: CanonicalResource::of(request.uri(), resource)?,
        };
        Ok(then(&canonical, added_date))
    }

    /// The base64 of the MAC over the whole text.
    pub(super) fn signature(&self, canonical: &Canonical<'_>) -> String {
        STANDARD.encode(self.mac(canonical))
    }

    fn mac(&self, canonical: &Canonical<'_>) -> [u8; 32] {
        let mut mac = self.credentials.key().clone();
        canonical.write(&mut mac);
        mac.finalize().into_bytes().into()
    }

    fn authorization(&self, canonical: &Canonical<'_>) -> HeaderValue {
        let id = self.access_key_id().as_str().as_bytes();
        let mut value = Vec::with_capacity(SCHEME.len() + id.len() + 1 + SIGNATURE_LEN);
        value.extend_from_slice(SCHEME);
        value.extend_from_slice(id);
        value.push(b':');
        let mut signature = [0; SIGNATURE_LEN];
        let encoded = STANDARD.encode_slice(self.mac(canonical), &mut signature);
        debug_assert_eq!(
            encoded,
            Ok(SIGNATURE_LEN),
            "32 bytes are 44 characters of base64"
        );
        value.extend_from_slice(&signature);
        header_value::sensitive(Bytes::from(value))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("fc::Signer")
            .field("access_key_id", &self.access_key_id().as_str())
            .finish_non_exhaustive()
    }
}
