//! A request in wire form.

use fcgate_protocol::{HeaderList, Scheme};

use super::digest::sha256_hex;

/// The SHA-256 of nothing.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Method, raw target, header list and body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireRequest {
    /// The method as sent.
    pub method: String,
    /// The request target as sent: path and query, still percent-encoded.
    pub target: String,
    /// The headers in wire order. Each character of a value is one byte (Latin-1).
    pub headers: HeaderList,
    /// The SHA-256 of the body in lower-case hex. ACS3 signs the digest; `FC` signs no part of the body.
    pub body_sha256: String,
}

impl WireRequest {
    /// Creates a request without headers and with an empty body.
    pub fn new(method: impl Into<String>, target: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            target: target.into(),
            headers: HeaderList::new(),
            body_sha256: EMPTY_SHA256.to_owned(),
        }
    }

    /// Adds one header at the end.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(name, value);
        self
    }

    /// Adds all headers at the end.
    #[must_use]
    pub fn headers<'a>(mut self, headers: impl IntoIterator<Item = &'a (String, String)>) -> Self {
        self.headers.extend(headers.into_iter().cloned());
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(self, body: &[u8]) -> Self {
        self.body_sha256(sha256_hex(body))
    }

    /// Sets the body, if the scheme signs it. The digest of a long body takes longer than all the rest.
    #[must_use]
    pub fn signed_body(self, scheme: Scheme, body: &[u8]) -> Self {
        match scheme {
            Scheme::Fc => self,
            Scheme::Acs3 => self.body(body),
        }
    }

    /// Sets the digest of the body, for a body that is not available.
    #[must_use]
    pub fn body_sha256(mut self, hex: impl Into<String>) -> Self {
        self.body_sha256 = hex.into();
        self
    }

    /// Returns the path as sent, or `/` for an empty path.
    pub fn path(&self) -> &str {
        let path = self
            .target
            .split_once('?')
            .map_or(self.target.as_str(), |(path, _)| path);
        if path.is_empty() { "/" } else { path }
    }

    /// Returns the query as sent, without the question mark. It is empty if there is none.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The values of a header in wire order, outer white space trimmed as HTTP does.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.get_all_trimmed(name)
    }

    /// The first value of a header.
    pub fn value<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.headers.get_trimmed(name)
    }
}

/// Outer spaces and tabs are removed.
pub(super) fn trim(value: &str) -> &str {
    value.trim_matches([' ', '\t'])
}

/// The bytes of header text: one byte for each Latin-1 character, UTF-8 for any other.
pub(super) fn bytes(value: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    for character in value.chars() {
        match u8::try_from(character) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

/// Bytes as text for people: UTF-8 where they are UTF-8, else one Latin-1 character a byte.
pub(super) fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().copied().map(char::from).collect(),
        str::to_owned,
    )
}

#[cfg(test)]
mod tests {
    use fcgate_protocol::Scheme;

    use super::WireRequest;

    #[test]
    fn a_new_request_has_the_digest_of_an_empty_body() {
        let request = WireRequest::new("POST", "/");
        assert_eq!(request, request.clone().body(b""));
    }

    #[test]
    fn only_acs3_signs_the_body() {
        let request = WireRequest::new("POST", "/");
        let signed = |scheme| request.clone().signed_body(scheme, b"a");
        assert_eq!(signed(Scheme::Fc), request);
        assert_eq!(signed(Scheme::Acs3), request.clone().body(b"a"));
    }
}
