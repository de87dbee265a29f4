//! The pieces of the ACS3 canonical request and of its authorization.
//!
//! Source: manual page "V3 request syntax and signature method". A mistake changes a piece, or the
//! text between two pieces.

use std::collections::BTreeMap;

use fcgate_cases::oracle::sha256_hex;
use fcgate_protocol::{SignKind, Stages};

use crate::signing::encoding::{bytes, encode, form_decode, hex, hmac, raw_pairs, text, trim};
use crate::signing::request::RequestToSign;

/// The pieces of the signature.
#[derive(Debug, Clone)]
pub(crate) struct Acs3Pieces {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The decoded pairs of the query, sorted.
    pub(crate) pairs: Vec<(Vec<u8>, Vec<u8>)>,
    /// How a key and a value are spelled.
    pub(crate) spelling: fn(&[u8]) -> String,
    /// Whether a key keeps its `=` where the value is empty.
    pub(crate) bare_keys: bool,
    /// Name and value of each signed header, in the order of the names.
    pub(crate) headers: Vec<(String, String)>,
    /// Whether the list of the names is parted from the headers by an empty line.
    pub(crate) blank_line: bool,
    /// The digest of the body in the canonical request.
    pub(crate) payload: String,
    /// The first line of the string to sign.
    pub(crate) algorithm: Option<&'static str>,
    /// The digest of the canonical request in the string to sign.
    pub(crate) digest: fn(&[u8]) -> Vec<u8>,
    pub(crate) key: Vec<u8>,
    pub(crate) encoding: fn(&[u8]) -> String,
    /// What follows the name of the algorithm in the authorization.
    pub(crate) after_algorithm: &'static str,
    /// What parts the three parts of the authorization.
    pub(crate) comma: &'static str,
}

impl Acs3Pieces {
    /// `names` are the signed names, in lower case and sorted.
    pub(crate) fn of(request: &RequestToSign<'_>, names: &[String]) -> Self {
        let all = values_by_name(request);
        let value = |name: &str| match all.get(name.to_ascii_lowercase().as_str()) {
            Some(values) => values.join(","),
            None if name == "host" => request.authority().to_owned(),
            None => String::new(),
        };
        let path = match request.path() {
            "" => "/",
            path => path,
        };
        Self {
            method: request.given.method.clone(),
            path: path.to_owned(),
            pairs: pairs(request.query()),
            spelling: encode,
            bare_keys: false,
            headers: names
                .iter()
                .map(|name| (name.clone(), value(name)))
                .collect(),
            blank_line: true,
            payload: sha256_hex(&request.given.body),
            algorithm: Some("ACS3-HMAC-SHA256"),
            digest: |canonical| sha256_hex(canonical).into_bytes(),
            key: request
                .given
                .credentials
                .access_key_secret
                .as_bytes()
                .to_vec(),
            encoding: hex,
            after_algorithm: " ",
            comma: ",",
        }
    }

    /// The pieces of a request that has its digest header. The digest is the one that is sent: whether it matches
    /// the body is checked elsewhere. The recipe of HTTP triggers sends none and signs an empty line.
    pub(crate) fn as_sent(request: &RequestToSign<'_>, names: &[String]) -> Self {
        let sent = request.value("x-acs-content-sha256");
        let of_trigger = request.given.kind == Some(SignKind::HttpTrigger);
        let mut pieces = Self::of(request, names);
        match sent {
            Some(digest) => digest.clone_into(&mut pieces.payload),
            None if of_trigger => pieces.payload.clear(),
            None => {}
        }
        pieces
    }

    /// The signed names, joined by semicolons.
    fn names(&self) -> String {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.join(";")
    }

    fn query(&self) -> String {
        let pair = |(key, value): &(Vec<u8>, Vec<u8>)| {
            let key = (self.spelling)(key);
            if value.is_empty() && self.bare_keys {
                return key;
            }
            format!("{key}={}", (self.spelling)(value))
        };
        let pairs: Vec<String> = self.pairs.iter().map(pair).collect();
        pairs.join("&")
    }

    /// What the digest in the string to sign covers.
    pub(crate) fn canonical_request(&self) -> Vec<u8> {
        let query = self.query();
        let mut canonical = format!("{}\n{}\n{query}\n", self.method, self.path).into_bytes();
        for (name, value) in &self.headers {
            canonical.extend(bytes(name));
            canonical.push(b':');
            canonical.extend(bytes(value));
            canonical.push(b'\n');
        }
        if self.blank_line {
            canonical.push(b'\n');
        }
        canonical.extend(bytes(&self.names()));
        canonical.push(b'\n');
        canonical.extend_from_slice(self.payload.as_bytes());
        canonical
    }

    /// The intermediate texts of the signature.
    pub(crate) fn stages(&self) -> Stages {
        let canonical = self.canonical_request();
        let mut string_to_sign = Vec::new();
        if let Some(algorithm) = self.algorithm {
            string_to_sign.extend_from_slice(algorithm.as_bytes());
            string_to_sign.push(b'\n');
        }
        string_to_sign.extend((self.digest)(&canonical));
        let signature = (self.encoding)(&hmac(&self.key, &string_to_sign));
        Stages {
            canonical_request: Some(text(canonical)),
            string_to_sign: Some(text(string_to_sign)),
            signature: Some(signature),
            ..Stages::default()
        }
    }

    /// The value of the authorization.
    pub(crate) fn authorization(&self, access_key_id: &str, signature: &str) -> String {
        let Self {
            after_algorithm,
            comma,
            ..
        } = self;
        let credential = format!("Credential={access_key_id}");
        let signed = format!("SignedHeaders={}", self.names());
        format!(
            "ACS3-HMAC-SHA256{after_algorithm}{credential}{comma}{signed}{comma}Signature={signature}"
        )
    }
}

/// The sorted values of every header, by its name in lower case.
fn values_by_name<'a>(request: &'a RequestToSign<'_>) -> BTreeMap<String, Vec<&'a str>> {
    let mut all: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, value) in request.headers.iter() {
        let values = all.entry(name.to_ascii_lowercase()).or_default();
        values.push(trim(value));
    }
    for values in all.values_mut() {
        values.sort_unstable();
    }
    all
}

fn pairs(query: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut pairs: Vec<_> = raw_pairs(query)
        .map(|(key, value)| (form_decode(key), form_decode(value)))
        .collect();
    pairs.sort();
    pairs
}
