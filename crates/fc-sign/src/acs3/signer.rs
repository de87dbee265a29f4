//! The signer of ACS3.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use hmac::Mac as _;
use http::header::HOST;
use http::{HeaderValue, Request};
use sha2::{Digest as _, Sha256};

use super::canonical::{
    ALGORITHM, CONTENT_SHA256, Canonical, DATE, Given, NONCE, SECURITY_TOKEN, hex, read,
};
use super::coverage::Coverage;
use super::explanation::Explanation;
use super::host;
use super::query::Query;
use crate::sorted_headers::SortedHeaders;
use crate::{
    AccessKeyId, Additions, Credentials, Nonce, SignError, Timestamp, header_value, method, path,
};

/// Signs requests by ACS3; made once for an access key and used for every request.
///
/// ```
/// use fc_sign::{Credentials, acs3};
///
/// let signer = acs3::Signer::new(&Credentials::new(
///     "FCTESTACCESSKEYID01".parse()?,
///     "fcTestAccessKeySecret0123456789".parse()?,
/// ));
/// let request = http::Request::post("https://fcv3.cn-hangzhou.aliyuncs.com/2023-03-30/functions/f/invocations")
///     .header("x-acs-action", "InvokeFunction")
///     .header("x-acs-version", "2023-03-30")
///     .body("{}")?;
/// let additions = signer.sign(&request, "2022-05-11T09:00:00Z".parse()?, &"0123456789abcdef".parse()?)?;
/// let names: Vec<&str> = additions.iter().map(|(name, _)| name.as_str()).collect();
/// assert_eq!(names, ["x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256", "authorization"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Signer {
    credentials: Credentials,
    coverage: Coverage,
}

const HASH_LEN: usize = 64;
const PIECES: [&str; 3] = [" Credential=", ",SignedHeaders=", ",Signature="];

impl Signer {
    /// A signer for an access key; a temporary one's token goes into every request.
    pub fn new(credentials: &Credentials) -> Self {
        Self {
            credentials: credentials.clone(),
            coverage: Coverage::default(),
        }
    }

    /// Which headers it signs; [`Coverage::Everything`] unless set.
    #[must_use]
    pub fn coverage(self, coverage: Coverage) -> Self {
        Self { coverage, ..self }
    }

    /// The id under which it signs.
    pub fn access_key_id(&self) -> &AccessKeyId {
        self.credentials.access_key_id()
    }

    /// Whether a token goes into every request.
    pub fn is_temporary(&self) -> bool {
        self.credentials.is_temporary()
    }

    /// The headers that sign `request`: `Authorization`, before it those of `x-acs-date`,
    /// `x-acs-signature-nonce`, `x-acs-content-sha256` and `x-acs-security-token` that the request
    /// lacks and the scheme needs.
    ///
    /// A header of the request is signed as it stands. The host is that of the `Host` header or of the
    /// URI, without the scheme's own port. The body is hashed (once, not copied) unless the request
    /// has `x-acs-content-sha256`.
    ///
    /// # Errors
    ///
    /// When the request is signed already, names no host, repeats a signed header, or has a token
    /// beside that of the credentials; see [`SignError`].
    pub fn sign<B: AsRef<[u8]>>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<Additions, SignError> {
        let added = Added::new(request, time)?;
        let (canonical, given) = self.canonical(request, &added, nonce)?;
        let owned = |text: &[u8]| header_value::checked(Bytes::copy_from_slice(text));
        let before = [
            (!given.date).then(|| (&DATE, owned(&added.date))),
            (!given.nonce).then(|| (&NONCE, nonce.header_value().clone())),
            added
                .payload_hash
                .as_ref()
                .map(|hash| (&CONTENT_SHA256, owned(hash))),
            self.credentials
                .token()
                .map(|token| (&SECURITY_TOKEN, token.clone())),
        ];
        Ok(Additions::new(before, self.authorization(&canonical)))
    }

    /// The stages of the same signature, for a person to look at.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn explain<B: AsRef<[u8]>>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<Explanation, SignError> {
        let added = Added::new(request, time)?;
        let (canonical, _) = self.canonical(request, &added, nonce)?;
        Ok(Explanation::of(&canonical, &self.signature(&canonical)))
    }

    fn canonical<'a, B>(
        &'a self,
        request: &'a Request<B>,
        added: &'a Added<'a>,
        nonce: &'a Nonce,
    ) -> Result<(Canonical<'a>, Given<'a>), SignError> {
        let mut headers = SortedHeaders::new();
        let given = read(request.headers(), self.coverage, &mut headers)?;
        if !given.host {
            headers.insert(
                &HOST_NAME,
                added.host.as_ref().ok_or(SignError::Host)?.as_bytes(),
            )?;
        }
        if !given.date {
            headers.insert(&DATE, &added.date)?;
        }
        if !given.nonce {
            headers.insert(&NONCE, nonce.header_value().as_bytes())?;
        }
        if let Some(hash) = &added.payload_hash {
            headers.insert(&CONTENT_SHA256, hash)?;
        }
        // The credentials' own token may be there already.
        let given_token = request.headers().get(&SECURITY_TOKEN);
        if let Some(token) = self
            .credentials
            .token()
            .filter(|token| given_token != Some(*token))
        {
            let added = headers.insert(&SECURITY_TOKEN, token.as_bytes());
            added.map_err(|_| SignError::TokenConflict(SECURITY_TOKEN.clone()))?;
        }
        let payload_hash = given
            .content_sha256
            .or(added.payload_hash.as_ref().map(<[u8; 64]>::as_slice));
        let canonical = Canonical {
            method: method::signed(request.method())?,
            path: request.uri().path(),
            query: Query::read(request.uri().query().unwrap_or(""))?,
            headers,
            payload_hash: payload_hash.unwrap_or_default(),
        };
        Ok((canonical, given))
    }

    fn signature(&self, canonical: &Canonical<'_>) -> [u8; HASH_LEN] {
        let mut mac = self.credentials.key().clone();
        canonical.write_string_to_sign(&mut mac);
        hex(mac.finalize().into_bytes().into())
    }

    fn authorization(&self, canonical: &Canonical<'_>) -> HeaderValue {
        let id = self.access_key_id().as_str();
        let pieces: usize = PIECES.iter().map(|piece| piece.len()).sum();
        let len = ALGORITHM.len() + pieces + id.len() + canonical.names_len() + HASH_LEN;
        let mut value = Vec::with_capacity(len);
        let [credential, signed_headers, signature] = PIECES;
        value.extend_from_slice(ALGORITHM.as_bytes());
        value.extend_from_slice(credential.as_bytes());
        value.extend_from_slice(id.as_bytes());
        value.extend_from_slice(signed_headers.as_bytes());
        canonical.write_names(&mut value);
        value.extend_from_slice(signature.as_bytes());
        value.extend_from_slice(&self.signature(canonical));
        header_value::sensitive(Bytes::from(value))
    }
}

static HOST_NAME: http::HeaderName = HOST;

/// What the signing adds to a request, as far as it can be told before the headers are read.
struct Added<'a> {
    host: Option<Cow<'a, str>>,
    date: [u8; 20],
    /// None where the request says what its body hashes to.
    payload_hash: Option<[u8; HASH_LEN]>,
}

impl<'a> Added<'a> {
    fn new<B: AsRef<[u8]>>(request: &'a Request<B>, time: Timestamp) -> Result<Self, SignError> {
        if !request.uri().path().is_empty() {
            path::check(request.uri().path())?;
        }
        let hashed = request.headers().contains_key(&CONTENT_SHA256);
        Ok(Self {
            host: host::of(request.uri()).ok(),
            date: time.iso_8601(),
            payload_hash: (!hashed).then(|| hex(Sha256::digest(request.body()).into())),
        })
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("acs3::Signer")
            .field("access_key_id", &self.access_key_id().as_str())
            .field("coverage", &self.coverage)
            .finish_non_exhaustive()
    }
}
