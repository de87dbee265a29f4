//! Pre-signed URLs of HTTP triggers.

use http::uri::PathAndQuery;
use http::{HeaderValue, Request, Uri};
use percent_encoding::utf8_percent_encode;

use super::canonical::{Canonical, Lines};
use super::explanation::Explanation;
use super::presigned_url::PresignedUrl;
use super::resource::CanonicalResource;
use super::signer::Signer;
use crate::query::{RESERVED, pairs, sorted_lines};
use crate::sorted_headers::SortedHeaders;
use crate::{SignError, Timestamp, method};

const ACCESS_KEY_ID: &str = "x-fc-access-key-id";
const EXPIRES: &str = "x-fc-expires";
const SECURITY_TOKEN: &str = "x-fc-security-token";
const SIGNATURE: &str = "x-fc-signature";

impl Signer {
    /// The URL of `request` with a signature in its query, good until `expires`.
    ///
    /// Only HTTP triggers take such URLs; no SDK offers them for `InvokeFunction`. The caller must
    /// send the method, the `x-fc-` headers, `Content-Type` and `Content-MD5` that were signed.
    ///
    /// ```
    /// use fc_sign::{Credentials, fc};
    ///
    /// let signer = fc::Signer::new(&Credentials::new("akID".parse()?, "secret".parse()?));
    /// let request = http::Request::get("https://example.fcapp.run/report?day=1").body(())?;
    /// let url = signer.presign(&request, "2022-05-11T09:00:00Z".parse()?, "2022-05-11T09:15:00Z".parse()?)?;
    /// assert!(url.uri().query().unwrap().starts_with("day=1&x-fc-access-key-id=akID&x-fc-expires=1652260500&"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sign`](Signer::sign); when `expires` is not after `time`; when the query has a name that
    /// the signing adds; and [`SignError::TokenInUrl`] for temporary credentials: whoever reads the
    /// URL would read the token, so ask for it by name with
    /// [`presign_with_token`](Self::presign_with_token).
    pub fn presign<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        expires: Timestamp,
    ) -> Result<PresignedUrl, SignError> {
        if self.token().is_some() {
            return Err(SignError::TokenInUrl);
        }
        self.presign_with_token(request, time, expires)
    }

    /// The same with temporary credentials: their token stands in the URL.
    ///
    /// # Errors
    ///
    /// As [`presign`](Self::presign), the token excepted.
    pub fn presign_with_token<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        expires: Timestamp,
    ) -> Result<PresignedUrl, SignError> {
        let seconds = expires.unix_seconds().to_string();
        let added = self.added_pairs(&seconds);
        let signature = with_canonical_url(request, time, expires, &added, |canonical| {
            self.signature(canonical)
        })?;
        let pairs = added
            .iter()
            .copied()
            .chain([(SIGNATURE, signature.as_str())]);
        append(request.uri(), pairs).map(PresignedUrl::new)
    }

    /// The stages of a pre-signed URL's signature, for a person to look at.
    ///
    /// # Errors
    ///
    /// As [`presign_with_token`](Self::presign_with_token).
    pub fn explain_presigned<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        expires: Timestamp,
    ) -> Result<Explanation, SignError> {
        let seconds = expires.unix_seconds().to_string();
        let added = self.added_pairs(&seconds);
        with_canonical_url(request, time, expires, &added, |canonical| {
            Explanation::of(canonical, self.signature(canonical))
        })
    }

    fn added_pairs<'a>(&'a self, seconds: &'a str) -> Vec<(&'static str, &'a str)> {
        let token = self.token().map(HeaderValue::to_str).and_then(Result::ok);
        let mut added = vec![
            (ACCESS_KEY_ID, self.access_key_id().as_str()),
            (EXPIRES, seconds),
        ];
        added.extend(token.map(|token| (SECURITY_TOKEN, token)));
        added
    }
}

/// Calls `then` with the canonical text of the URL that has the `added` pairs.
fn with_canonical_url<B, T>(
    request: &Request<B>,
    time: Timestamp,
    expires: Timestamp,
    added: &[(&str, &str)],
    then: impl FnOnce(&Canonical<'_>) -> T,
) -> Result<T, SignError> {
    if expires <= time {
        return Err(SignError::ExpiresOutOfRange);
    }
    let query = request.uri().query().unwrap_or("");
    for pair in pairs(query) {
        let (key, _) = pair?;
        if [ACCESS_KEY_ID, EXPIRES, SECURITY_TOKEN, SIGNATURE].contains(&key.as_ref()) {
            return Err(SignError::AlreadySigned);
        }
    }
    let mut lines = sorted_lines(query)?;
    lines.extend(added.iter().map(|(key, value)| format!("{key}={value}")));
    lines.sort_unstable();
    let mut headers = SortedHeaders::new();
    let date = expires.unix_seconds().to_string();
    let canonical = Canonical {
        method: method::signed(request.method())?,
        lines: Lines::read(request.headers(), None, &mut headers)?,
        date: date.as_bytes(),
        headers: &headers,
        resource: CanonicalResource::of_trigger(request.uri(), lines)?,
    };
    Ok(then(&canonical))
}

/// The URI with pairs behind its query; what was there stays as it was on the wire.
fn append<'a>(
    uri: &Uri,
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Uri, SignError> {
    let path = if uri.path().is_empty() {
        "/"
    } else {
        uri.path()
    };
    let mut target = match uri.query() {
        Some(query) if !query.is_empty() => format!("{path}?{query}&"),
        _ => format!("{path}?"),
    };
    for (position, (key, value)) in pairs.enumerate() {
        if position > 0 {
            target.push('&');
        }
        target.push_str(key);
        target.push('=');
        target.extend(utf8_percent_encode(value, RESERVED));
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(target).map_err(|_| SignError::Path)?);
    Uri::from_parts(parts).map_err(|_| SignError::Path)
}
