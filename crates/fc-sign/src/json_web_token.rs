//! A JSON Web Token of the caller.

use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Request, Uri};
use zeroize::Zeroizing;

use crate::credentials_error::{CredentialsError, check};
use crate::token_place::{Place, TokenPlace};
use crate::{SignError, header_value, zeroized_on_drop};

/// A JSON Web Token for an HTTP trigger or a custom domain: redacted in `Debug`, without a getter.
///
/// The compact form of RFC 7515: three parts of base64url with dots between them, at most 65,536 characters. It is neither
/// decoded nor verified. Clones share one allocation, which is zeroized when the last of them is dropped.
///
/// ```
/// use fc_sign::{JsonWebToken, TokenPlace};
///
/// let token: JsonWebToken = "eyJhbGciOiJSUzI1NiJ9.eyJ1aWQiOiI3In0.c2ln".parse()?;
/// let mut request = http::Request::get("https://fc.example.com/orders").body(())?;
/// token.insert_into(&TokenPlace::bearer(), &mut request)?;
/// assert_eq!(request.headers()["authorization"], "Bearer eyJhbGciOiJSUzI1NiJ9.eyJ1aWQiOiI3In0.c2ln");
/// assert!(request.headers()["authorization"].is_sensitive());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct JsonWebToken(Bytes);

const FIELD: &str = "JSON Web Token";
const MAX_LEN: usize = 65_536;
const IN_QUERY: &str = "the query already has the key of the token";

impl JsonWebToken {
    /// Writes the token into a request, at the place where the trigger looks for it.
    ///
    /// In a header or a cookie the value is marked sensitive; the cookies of the request stay, in one line. In the query
    /// it is a part of the URI, which servers and proxies log (RFC 6750, section 2.3): use another place if you can.
    ///
    /// # Errors
    ///
    /// [`SignError::AlreadySigned`] if the request has an `Authorization`, [`SignError::DuplicateHeader`] if it has the
    /// header or the cookie of the token, [`SignError::AmbiguousResource`] if it has the key in its query, and
    /// [`SignError::UriTooLong`]. The request is unchanged.
    pub fn insert_into<B>(
        &self,
        place: &TokenPlace,
        request: &mut Request<B>,
    ) -> Result<(), SignError> {
        match &place.0 {
            Place::Header { name, prefix } => {
                if request.headers().contains_key(name) {
                    return Err(if *name == AUTHORIZATION {
                        SignError::AlreadySigned
                    } else {
                        SignError::DuplicateHeader(name.clone())
                    });
                }
                let before = prefix.as_ref().map(|prefix| format!("{prefix} "));
                let value = self.value_after(before.unwrap_or_default().as_bytes());
                request.headers_mut().insert(name, value);
            }
            Place::Cookie(name) => {
                let mut line = cookies_without(request.headers(), name)?;
                line.extend_from_slice(name.as_bytes());
                line.push(b'=');
                let value = self.value_after(&line);
                request.headers_mut().insert(COOKIE, value);
            }
            Place::Query(key) => {
                let uri = self.in_query(key, request.uri())?;
                *request.uri_mut() = uri;
            }
        }
        Ok(())
    }

    /// The token after other bytes of a header value, in memory that is zeroized.
    fn value_after(&self, before: &[u8]) -> HeaderValue {
        let bytes = Zeroizing::new([before, &self.0].concat());
        header_value::sensitive(zeroized_on_drop::share_bytes(bytes))
    }

    fn in_query(&self, key: &str, uri: &Uri) -> Result<Uri, SignError> {
        let query = uri.query().unwrap_or("");
        let has_key = query
            .split('&')
            .any(|pair| pair.split('=').next() == Some(key));
        if has_key {
            return Err(SignError::AmbiguousResource(IN_QUERY));
        }
        let path = uri.path();
        let separator = if query.is_empty() { "" } else { "&" };
        let mut text = Zeroizing::new(format!("{path}?{query}{separator}{key}=").into_bytes());
        text.extend_from_slice(&self.0);
        let mut parts = uri.clone().into_parts();
        let path_and_query = PathAndQuery::try_from(text.as_slice());
        parts.path_and_query = Some(path_and_query.map_err(|_| SignError::UriTooLong)?);
        Uri::from_parts(parts).map_err(|_| SignError::UriTooLong)
    }
}

/// The cookies of a request as the start of one line; an error if one has this name.
fn cookies_without(headers: &HeaderMap, name: &str) -> Result<Vec<u8>, SignError> {
    let mut line = Vec::new();
    let values = headers.get_all(COOKIE).iter();
    let pairs = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b';'));
    for pair in pairs
        .map(<[u8]>::trim_ascii)
        .filter(|pair| !pair.is_empty())
    {
        let found = pair.split(|byte| *byte == b'=').next();
        if found == Some(name.as_bytes()) {
            return Err(SignError::DuplicateHeader(COOKIE));
        }
        line.extend_from_slice(pair);
        line.extend_from_slice(b"; ");
    }
    Ok(line)
}

/// Whether a text is three parts of base64url with dots between them.
fn is_compact(text: &str) -> bool {
    let mut parts = 0;
    text.split('.').all(|part| {
        parts += 1;
        !part.is_empty()
    }) && parts == 3
}

impl TryFrom<String> for JsonWebToken {
    type Error = CredentialsError;

    /// Takes ownership of the text and zeroizes it even on an error.
    ///
    /// # Errors
    ///
    /// If the text is empty, too long, surrounded by whitespace, or not three parts of base64url.
    fn try_from(text: String) -> Result<Self, CredentialsError> {
        let text = Zeroizing::new(text);
        check(&text, FIELD, MAX_LEN, |byte| {
            byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
        })?;
        if !is_compact(&text) {
            return Err(CredentialsError::format(FIELD));
        }
        Ok(Self(zeroized_on_drop::share(text)))
    }
}

impl FromStr for JsonWebToken {
    type Err = CredentialsError;

    /// # Errors
    ///
    /// As `TryFrom<String>`.
    fn from_str(text: &str) -> Result<Self, CredentialsError> {
        Self::try_from(text.to_owned())
    }
}

impl fmt::Debug for JsonWebToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonWebToken(redacted)")
    }
}
