//! The pieces of the `FC` string to sign, in wire order, and their combination.
//!
//! Source: manual page "Signature authentication". A mistake changes a piece, or the text between
//! two pieces.

use fcgate_protocol::{SignKind, Stages};

use crate::signing::encoding::{
    base64, bytes, decode, encode, form_decode, hmac, raw_pairs, text, trim,
};
use crate::signing::request::RequestToSign;

/// Everything that the signature is made of.
#[derive(Debug, Clone)]
pub(crate) struct FcPieces {
    pub(crate) method: String,
    /// Without it the line is missing too, not only empty.
    pub(crate) content_md5: Option<String>,
    pub(crate) content_type: String,
    /// Without it the line is missing too, not only empty.
    pub(crate) date: Option<String>,
    /// Lower-case name and value of each `x-fc-` header, sorted by name.
    pub(crate) headers: Vec<(String, String)>,
    /// Whether the last line of the block has a line end.
    pub(crate) last_header_ends: bool,
    pub(crate) path: Vec<u8>,
    /// The text after the path; empty for an API request.
    pub(crate) after_path: Vec<u8>,
    /// The decoded pairs of an HTTP trigger, sorted as whole strings.
    pub(crate) pairs: Vec<Vec<u8>>,
    pub(crate) line_end: &'static str,
    pub(crate) colon: &'static str,
    /// The text at the end.
    pub(crate) end: Vec<u8>,
    pub(crate) key: Vec<u8>,
    pub(crate) mac: fn(&[u8], &[u8]) -> Vec<u8>,
    pub(crate) encoding: fn(&[u8]) -> String,
    /// The text before the access key id in the authorization.
    pub(crate) word: &'static str,
    /// Encodes the signature for the query of a signed URL.
    pub(crate) in_url: fn(&str) -> String,
}

impl FcPieces {
    pub(crate) fn of(request: &RequestToSign<'_>) -> Self {
        let given = request.given;
        let kind = given.kind.unwrap_or_default();
        let line = |name| request.value(name).unwrap_or_default().to_owned();
        let date = match kind {
            SignKind::PresignedUrl => given.expires.unwrap_or_default().to_string(),
            _ => request
                .value("date")
                .or_else(|| request.value("x-fc-date"))
                .unwrap_or_default()
                .to_owned(),
        };
        let path = match request.path() {
            "" => "/",
            path => path,
        };
        let of_trigger = kind != SignKind::Api;
        Self {
            method: given.method.clone(),
            content_md5: Some(line("content-md5")),
            content_type: line("content-type"),
            date: Some(date),
            headers: block(request),
            last_header_ends: true,
            path: decode(path),
            after_path: if of_trigger {
                b"\n".to_vec()
            } else {
                Vec::new()
            },
            pairs: if of_trigger {
                pairs(request.query())
            } else {
                Vec::new()
            },
            line_end: "\n",
            colon: ":",
            end: Vec::new(),
            key: given.credentials.access_key_secret.as_bytes().to_vec(),
            mac: hmac,
            encoding: base64,
            word: "FC ",
            in_url: |signature| encode(signature.as_bytes()),
        }
    }

    /// The lines of the `x-fc-` headers.
    fn canonical_headers(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        for (place, (name, value)) in self.headers.iter().enumerate() {
            lines.extend(bytes(name));
            lines.extend_from_slice(self.colon.as_bytes());
            lines.extend(bytes(value));
            if self.last_header_ends || place + 1 < self.headers.len() {
                lines.extend_from_slice(self.line_end.as_bytes());
            }
        }
        lines
    }

    fn canonical_resource(&self) -> Vec<u8> {
        let mut resource = [self.path.as_slice(), &self.after_path].concat();
        resource.extend(self.pairs.join(&b'\n'));
        resource
    }

    /// The text that the HMAC covers.
    pub(crate) fn string_to_sign(&self) -> Vec<u8> {
        let mut string = Vec::new();
        let lines = [
            Some(&self.method),
            self.content_md5.as_ref(),
            Some(&self.content_type),
            self.date.as_ref(),
        ];
        for line in lines.into_iter().flatten() {
            string.extend(bytes(line));
            string.extend_from_slice(self.line_end.as_bytes());
        }
        string.extend(self.canonical_headers());
        string.extend(self.canonical_resource());
        string.extend_from_slice(&self.end);
        string
    }

    /// The intermediate texts of the signature.
    pub(crate) fn stages(&self) -> Stages {
        let string_to_sign = self.string_to_sign();
        let signature = (self.encoding)(&(self.mac)(&self.key, &string_to_sign));
        Stages {
            canonical_headers: Some(text(self.canonical_headers())),
            canonical_resource: Some(text(self.canonical_resource())),
            string_to_sign: Some(text(string_to_sign)),
            signature: Some(signature),
            ..Stages::default()
        }
    }
}

/// Every `x-fc-` header, sorted by lower-case name.
fn block(request: &RequestToSign<'_>) -> Vec<(String, String)> {
    let mut headers = all(request);
    headers.retain(|(name, _)| name.starts_with("x-fc-"));
    headers.sort_by(|(one, _), (other, _)| one.cmp(other));
    headers
}

/// Every header with its name in lower case, in wire order.
pub(crate) fn all(request: &RequestToSign<'_>) -> Vec<(String, String)> {
    request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), trim(value).to_owned()))
        .collect()
}

/// The decoded pairs `key=value`, sorted as whole strings.
fn pairs(query: &str) -> Vec<Vec<u8>> {
    let mut pairs: Vec<Vec<u8>> = raw_pairs(query)
        .map(|(key, value)| [form_decode(key), form_decode(value)].join(&b'='))
        .collect();
    pairs.sort();
    pairs
}
