//! The text that the older signature of the gateway covers: `acs id:signature`, HMAC-SHA1.
//!
//! Source: recorded requests of the generated SDKs with the older signature algorithm.

use percent_encoding::percent_decode_str;

use crate::signing::encoding::{bytes, trim};
use crate::signing::request::RequestToSign;

/// Method, four headers, the `x-acs-` headers, the path, and the sorted and decoded query.
pub(crate) fn string_to_sign(request: &RequestToSign<'_>) -> Vec<u8> {
    let mut string = format!("{}\n", request.given.method).into_bytes();
    for name in ["accept", "content-md5", "content-type", "date"] {
        string.extend(bytes(request.value(name).unwrap_or_default()));
        string.push(b'\n');
    }
    let mut headers: Vec<(String, &str)> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), trim(value)))
        .filter(|(name, _)| name.starts_with("x-acs-"))
        .collect();
    headers.sort_unstable();
    for (name, value) in headers {
        string.extend(bytes(&format!("{name}:{value}\n")));
    }
    let path = match request.path() {
        "" => "/",
        path => path,
    };
    string.extend_from_slice(path.as_bytes());
    let mut pairs: Vec<Vec<u8>> = request
        .query()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| percent_decode_str(&pair.replace('+', " ")).collect())
        .collect();
    pairs.sort();
    if !pairs.is_empty() {
        string.push(b'?');
        string.extend(pairs.join(&b'&'));
    }
    string
}
