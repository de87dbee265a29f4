//! Conversions between the types of the protocol and the types of `http` and `fc-sign`.

use std::error::Error;

use bytes::Bytes;
use fc_sign::Credentials;
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use fcgate_protocol::{self as protocol, HeaderList};

/// Why the reference refuses an input. The text of the error is the message of the refusal.
pub(super) type Refused = Box<dyn Error>;

/// The bytes of a header value: one byte for each character.
fn latin_1(text: &str) -> Result<Vec<u8>, Refused> {
    Ok(text.chars().map(u8::try_from).collect::<Result<_, _>>()?)
}

pub(super) fn header_map(headers: &HeaderList) -> Result<HeaderMap, Refused> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name: HeaderName = name.parse()?;
        map.append(name, HeaderValue::from_bytes(&latin_1(value)?)?);
    }
    Ok(map)
}

pub(super) fn header_list<'a>(
    headers: impl IntoIterator<Item = (&'a HeaderName, &'a HeaderValue)>,
) -> HeaderList {
    let text = |value: &HeaderValue| -> String {
        value.as_bytes().iter().copied().map(char::from).collect()
    };
    headers
        .into_iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}

pub(super) fn request(
    method: &str,
    url: &str,
    headers: &HeaderList,
    body: &[u8],
) -> Result<Request<Bytes>, Refused> {
    let mut request = Request::builder()
        .method(method)
        .uri(url)
        .body(Bytes::copy_from_slice(body))?;
    *request.headers_mut() = header_map(headers)?;
    Ok(request)
}

pub(super) fn credentials(given: &protocol::Credentials) -> Result<Credentials, Refused> {
    let id = given.access_key_id.parse()?;
    let secret = given.access_key_secret.parse()?;
    Ok(match &given.security_token {
        Some(token) => Credentials::temporary(id, secret, token.parse()?),
        None => Credentials::new(id, secret),
    })
}
