//! The signer of ACS3.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use hmac::Mac as _;
use http::header::HOST;
use http::{HeaderValue, Request};
use sha2::{Digest as _, Sha256};

use super::canonical_query::CanonicalQuery;
use super::canonical_request::{
    ALGORITHM, CONTENT_SHA256, CanonicalRequest, DATE, NONCE, PresentHeaders, SECURITY_TOKEN,
    covered_headers, hex,
};
use super::coverage::Coverage;
use super::explanation::Explanation;
use super::host::host_header;
use crate::added_token::added_token;
use crate::sorted_headers::SortedHeaders;
use crate::{
    AccessKeyId, Credentials, Nonce, SignError, SignatureHeaders, Timestamp, header_value, method,
    path,
};

/// Signs requests with `ACS3-HMAC-SHA256`. Create one per access key and use it for every request.
///
/// ```
/// use fc_sign::{Credentials, acs3};
///
/// let signer = acs3::Acs3Signer::new(&Credentials::new(
///     "FCTESTACCESSKEYID01".parse()?,
///     "fcTestAccessKeySecret0123456789".parse()?,
/// ));
/// let request = http::Request::post("https://fcv3.cn-hangzhou.aliyuncs.com/2023-03-30/functions/f/invocations")
///     .header("x-acs-action", "InvokeFunction")
///     .header("x-acs-version", "2023-03-30")
///     .body("{}")?;
/// let headers = signer.sign(&request, "2022-05-11T09:00:00Z".parse()?, &"0123456789abcdef".parse()?)?;
/// let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
/// assert_eq!(names, ["x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256", "authorization"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Acs3Signer {
    pub(super) credentials: Credentials,
    coverage: Coverage,
}

const HASH_LEN: usize = 64;
const PARAMETERS: [&str; 3] = [" Credential=", ",SignedHeaders=", ",Signature="];

impl Acs3Signer {
    /// Creates a signer. It adds the token of temporary credentials to every request.
    pub fn new(credentials: &Credentials) -> Self {
        Self {
            credentials: credentials.clone(),
            coverage: Coverage::default(),
        }
    }

    /// Sets which headers are signed; the default is [`Coverage::Everything`].
    #[must_use]
    pub fn coverage(self, coverage: Coverage) -> Self {
        Self { coverage, ..self }
    }

    /// The id of the access key.
    pub fn access_key_id(&self) -> &AccessKeyId {
        self.credentials.access_key_id()
    }

    /// Whether the credentials have a security token.
    pub fn is_temporary(&self) -> bool {
        self.credentials.is_temporary()
    }

    /// Signs `request` and returns the headers to add: `x-acs-date`, `x-acs-signature-nonce` and
    /// `x-acs-content-sha256`, unless the request has them, `x-acs-security-token` for temporary
    /// credentials, and `Authorization`.
    ///
    /// Headers of the request are signed unchanged. The signed host is the `Host` header, or the host
    /// of the URI without the default port of its scheme. The body is hashed once and not copied. For a
    /// body that is not in memory, see [`sign_head`](Self::sign_head).
    ///
    /// # Errors
    ///
    /// If the request is already signed, has no host, repeats a signed header, has another token
    /// than the credentials, or has an `x-acs-content-sha256` of another body; see [`SignError`].
    pub fn sign<B: AsRef<[u8]>>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<SignatureHeaders, SignError> {
        let hash = payload_hash(request)?;
        self.sign_with(request, hash, time, nonce)
    }

    /// Signs a request whose body is not in memory: `x-acs-content-sha256` of the request is signed unchanged.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign), and [`SignError::MissingDigest`] without that header.
    pub fn sign_head<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<SignatureHeaders, SignError> {
        if !request.headers().contains_key(&CONTENT_SHA256) {
            return Err(SignError::MissingDigest(CONTENT_SHA256.clone()));
        }
        self.sign_with(request, None, time, nonce)
    }

    fn sign_with<B>(
        &self,
        request: &Request<B>,
        payload_hash: Option<[u8; HASH_LEN]>,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<SignatureHeaders, SignError> {
        let computed = ComputedValues::new(request, payload_hash, time)?;
        let (canonical, present) = self.canonical_request(request, &computed, nonce)?;
        let owned = |text: &[u8]| header_value::checked(Bytes::copy_from_slice(text));
        let others = [
            (!present.date).then(|| (&DATE, owned(&computed.date))),
            (!present.nonce).then(|| (&NONCE, nonce.header_value().clone())),
            computed
                .payload_hash
                .as_ref()
                .map(|hash| (&CONTENT_SHA256, owned(hash))),
            self.credentials
                .token()
                .map(|token| (&SECURITY_TOKEN, token.clone())),
        ];
        Ok(SignatureHeaders::new(
            others,
            self.authorization(&canonical),
        ))
    }

    /// Returns the stages of the same signature as text.
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
        let computed = ComputedValues::new(request, payload_hash(request)?, time)?;
        let (canonical, _) = self.canonical_request(request, &computed, nonce)?;
        Ok(Explanation::new(&canonical, &self.signature(&canonical)))
    }

    fn canonical_request<'a, B>(
        &'a self,
        request: &'a Request<B>,
        computed: &'a ComputedValues<'a>,
        nonce: &'a Nonce,
    ) -> Result<(CanonicalRequest<'a>, PresentHeaders<'a>), SignError> {
        let mut headers = SortedHeaders::new();
        let present = covered_headers(request.headers(), self.coverage, &mut headers)?;
        if !present.host {
            let host = computed.host.as_ref().ok_or(SignError::Host)?;
            headers.push(&HOST_NAME, host.as_bytes());
        }
        if !present.date {
            headers.push(&DATE, &computed.date);
        }
        if !present.nonce {
            headers.push(&NONCE, nonce.header_value().as_bytes());
        }
        if let Some(hash) = &computed.payload_hash {
            headers.push(&CONTENT_SHA256, hash);
        }
        let token = self.credentials.token();
        if let Some(token) = added_token(request.headers(), &SECURITY_TOKEN, token)? {
            headers.push(&SECURITY_TOKEN, token.as_bytes());
        }
        headers.sort()?;
        let payload_hash = present
            .content_sha256
            .or(computed.payload_hash.as_ref().map(<[u8; 64]>::as_slice));
        let canonical = CanonicalRequest {
            method: method::upper_case(request.method())?,
            path: request.uri().path(),
            query: CanonicalQuery::parse(request.uri().query().unwrap_or(""))?,
            headers,
            payload_hash: payload_hash.unwrap_or_default(),
        };
        Ok((canonical, present))
    }

    pub(super) fn signature(&self, canonical: &CanonicalRequest<'_>) -> [u8; HASH_LEN] {
        let mut mac = self.credentials.key().clone();
        canonical.write_string_to_sign(&mut mac);
        hex(mac.finalize().into_bytes().into())
    }

    pub(super) fn authorization(&self, canonical: &CanonicalRequest<'_>) -> HeaderValue {
        let id = self.access_key_id().as_str();
        let parameters: usize = PARAMETERS.iter().map(|parameter| parameter.len()).sum();
        let len =
            ALGORITHM.len() + parameters + id.len() + canonical.signed_headers_len() + HASH_LEN;
        let mut value = Vec::with_capacity(len);
        let [credential, signed_headers, signature] = PARAMETERS;
        value.extend_from_slice(ALGORITHM.as_bytes());
        value.extend_from_slice(credential.as_bytes());
        value.extend_from_slice(id.as_bytes());
        value.extend_from_slice(signed_headers.as_bytes());
        canonical.write_signed_headers(&mut value);
        value.extend_from_slice(signature.as_bytes());
        value.extend_from_slice(&self.signature(canonical));
        header_value::sensitive(Bytes::from(value))
    }
}

/// The hash of the body; `None` if the request has it as a header.
fn payload_hash<B: AsRef<[u8]>>(request: &Request<B>) -> Result<Option<[u8; HASH_LEN]>, SignError> {
    let hash = hex(Sha256::digest(request.body()).into());
    let Some(given) = request.headers().get(&CONTENT_SHA256) else {
        return Ok(Some(hash));
    };
    // A repeated header is refused later.
    if header_value::trimmed(&CONTENT_SHA256, given)?.eq_ignore_ascii_case(&hash) {
        Ok(None)
    } else {
        Err(SignError::StaleDigest(CONTENT_SHA256.clone()))
    }
}

static HOST_NAME: http::HeaderName = HOST;

/// Header values for the required headers that the request may lack.
struct ComputedValues<'a> {
    host: Option<Cow<'a, str>>,
    date: [u8; 20],
    /// `None` if the request has `x-acs-content-sha256`.
    payload_hash: Option<[u8; HASH_LEN]>,
}

impl<'a> ComputedValues<'a> {
    fn new<B>(
        request: &'a Request<B>,
        payload_hash: Option<[u8; HASH_LEN]>,
        time: Timestamp,
    ) -> Result<Self, SignError> {
        path::check(request.uri().path())?;
        Ok(Self {
            host: host_header(request.uri()).ok(),
            date: time.iso_8601(),
            payload_hash,
        })
    }
}

impl fmt::Debug for Acs3Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acs3Signer")
            .field("access_key_id", &self.access_key_id().as_str())
            .field("coverage", &self.coverage)
            .finish_non_exhaustive()
    }
}
