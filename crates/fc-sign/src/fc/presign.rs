//! Creation of pre-signed URLs for HTTP triggers.

use http::uri::PathAndQuery;
use http::{HeaderValue, Request, Uri};
use zeroize::Zeroizing;

use super::canonical_resource::CanonicalResource;
use super::explanation::Explanation;
use super::presigned_url::PresignedUrl;
use super::signer::FcSigner;
use super::string_to_sign::{HeaderLines, StringToSign};
use crate::query::{pairs, sorted_lines, write_encoded};
use crate::sink::{Sink as _, text};
use crate::sorted_headers::SortedHeaders;
use crate::{SignError, Timestamp, method, zeroized_on_drop};

const ACCESS_KEY_ID: &str = "x-fc-access-key-id";
const EXPIRES: &str = "x-fc-expires";
const SECURITY_TOKEN: &str = "x-fc-security-token";
const SIGNATURE: &str = "x-fc-signature";

impl FcSigner {
    /// Returns the URL of `request` with a signature in its query, valid until `expires`.
    ///
    /// Only HTTP triggers accept such URLs; no SDK creates them for `InvokeFunction`. The URL must be
    /// called with the signed method, `x-fc-` headers, `Content-Type` and `Content-MD5`.
    ///
    /// ```
    /// use fc_sign::{Credentials, fc};
    ///
    /// let signer = fc::FcSigner::new(&Credentials::new("akID".parse()?, "secret".parse()?));
    /// let request = http::Request::get("https://example.fcapp.run/report?day=1").body(())?;
    /// let url = signer.presign(&request, "2022-05-11T09:00:00Z".parse()?, "2022-05-11T09:15:00Z".parse()?)?;
    /// assert!(url.uri().query().unwrap().starts_with("day=1&x-fc-access-key-id=akID&x-fc-expires=1652260500&"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sign`](FcSigner::sign); if `expires` is not after `time`; if the query has a parameter that
    /// signing adds; [`SignError::UriTooLong`]; and [`SignError::TokenInUrl`] for temporary credentials, because the URL would
    /// expose the token. [`presign_with_token`](Self::presign_with_token) allows that.
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

    /// The same, with the security token of temporary credentials in the URL.
    ///
    /// # Errors
    ///
    /// As [`presign`](Self::presign), except [`SignError::TokenInUrl`].
    pub fn presign_with_token<B>(
        &self,
        request: &Request<B>,
        time: Timestamp,
        expires: Timestamp,
    ) -> Result<PresignedUrl, SignError> {
        let seconds = expires.unix_seconds().to_string();
        let added = self.added_pairs(&seconds);
        let signature =
            with_string_to_sign(request, time, expires, &added, |text| self.signature(text))?;
        let signature = Zeroizing::new(signature);
        let pairs = added
            .iter()
            .copied()
            .chain([(SIGNATURE, signature.as_str())]);
        append(request.uri(), pairs).map(PresignedUrl::new)
    }

    /// Returns the stages of the signature of a pre-signed URL as text.
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
        with_string_to_sign(request, time, expires, &added, |text| {
            Explanation::new(text, self.signature(text))
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

/// Calls `then` with the string to sign of the URL with the `added` pairs.
fn with_string_to_sign<B, T>(
    request: &Request<B>,
    time: Timestamp,
    expires: Timestamp,
    added: &[(&str, &str)],
    then: impl FnOnce(&StringToSign<'_>) -> T,
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
    let mut lines = Zeroizing::new(sorted_lines(query)?);
    lines.extend(added.iter().map(|(key, value)| format!("{key}={value}")));
    lines.sort_unstable();
    let mut headers = SortedHeaders::new();
    let date = expires.unix_seconds().to_string();
    let string_to_sign = StringToSign {
        method: method::upper_case(request.method())?,
        lines: HeaderLines::read(request.headers(), None, &mut headers)?,
        date: date.as_bytes(),
        headers: &headers,
        resource: CanonicalResource::for_trigger(request.uri(), lines)?,
    };
    Ok(then(&string_to_sign))
}

/// Appends pairs to the query of a URI, which is not changed otherwise.
fn append<'a>(
    uri: &Uri,
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Uri, SignError> {
    let query = uri.query().unwrap_or_default();
    // The text is a secret.
    let target = text(|sink| {
        sink.write(uri.path().as_bytes());
        sink.write(b"?");
        sink.write(query.as_bytes());
        let mut separator: &[u8] = if query.is_empty() { b"" } else { b"&" };
        for (key, value) in pairs {
            sink.write(separator);
            sink.write(key.as_bytes());
            sink.write(b"=");
            write_encoded(sink, value);
            separator = b"&";
        }
    });
    let target = PathAndQuery::from_maybe_shared(zeroized_on_drop::share(target));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(target.map_err(|_| SignError::UriTooLong)?);
    Uri::from_parts(parts).map_err(|_| SignError::UriTooLong)
}
