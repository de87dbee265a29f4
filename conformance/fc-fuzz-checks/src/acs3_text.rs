//! The canonical request of `ACS3-HMAC-SHA256` can be read back: two requests have one text only if they are equal in what is
//! signed.
//!
//! Source: manual page "V3 request syntax and signature method". The text is split into what is signed, and the result is
//! compared with the request.

use std::fmt::Write as _;

use fc_sign::acs3::{Acs3Signer, Coverage};
use fc_sign::{Nonce, SignError};
use sha2::{Digest as _, Sha256};

use crate::shown::assert_harmless_error;
use crate::signed_request::{SignedRequest, credentials, decoded, take_line, time};

/// What the scheme signs of a request.
#[derive(Debug, PartialEq, Eq)]
struct Signed {
    method: String,
    /// The path as sent; an empty one is the root.
    path: String,
    /// The decoded pairs of the query, sorted. A key without a value has an empty one.
    pairs: Vec<(String, String)>,
    /// The signed headers without the spaces at the ends of their values, in the order of their names.
    headers: Vec<(String, String)>,
    /// The lower-case hex SHA-256 of the body, or the digest that the request has.
    payload_hash: String,
}

const NONCE: &str = "0123456789abcdef";
/// The headers that a proxy may change.
const HOP_BY_HOP: [&str; 9] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Signs a request with all its headers (mode `e`), with the required ones (`r`), or as a call of an HTTP trigger (`t`).
///
/// # Panics
///
/// If the parts that are read from the canonical request differ from those of the request, or the signed text is not its hash.
pub fn check(input: &[u8]) {
    let Some(given) = SignedRequest::read(input) else {
        return;
    };
    let Ok(nonce) = NONCE.parse::<Nonce>() else {
        return;
    };
    let signer = Acs3Signer::new(&credentials());
    let request = &given.request;
    let explained = match given.mode {
        b'e' => signer.explain(request, time(), &nonce),
        b'r' => signer
            .coverage(Coverage::Required)
            .explain(request, time(), &nonce),
        _ => signer.explain_http_trigger(request, time()),
    };
    match explained {
        Ok(explanation) => {
            let text = explanation.canonical_request();
            assert_eq!(of_text(text), of_request(&given), "{text:?}");
            let string_to_sign = format!("ACS3-HMAC-SHA256\n{}", hex_sha256(text.as_bytes()));
            assert_eq!(explanation.string_to_sign(), string_to_sign);
        }
        Err(error) => {
            assert_harmless_error(&error);
            check_refusal(&error, &given);
        }
    }
}

fn of_request(request: &SignedRequest) -> Signed {
    let is_trigger = !matches!(request.mode, b'e' | b'r');
    let is_required =
        |name: &str| matches!(name, "host" | "content-type") || name.starts_with("x-acs-");
    let mut headers = request.headers(|name| match request.mode {
        b'e' => !HOP_BY_HOP.contains(&name),
        b'r' => is_required(name),
        _ => matches!(name, "x-acs-date" | "x-acs-security-token"),
    });
    for (_, value) in &mut headers {
        *value = value.trim_matches([' ', '\t']).to_owned();
    }
    let digest = headers
        .iter()
        .find(|(name, _)| name == "x-acs-content-sha256");
    let digest = digest.map_or_else(
        || hex_sha256(request.request.body()),
        |(_, digest)| digest.clone(),
    );
    let added: &[(&str, String)] = if is_trigger {
        &[
            ("x-acs-date", "2022-05-11T09:00:00Z".to_owned()),
            ("x-acs-security-token", String::new()),
        ]
    } else {
        &[
            ("host", host(request)),
            ("x-acs-content-sha256", digest.clone()),
            ("x-acs-date", "2022-05-11T09:00:00Z".to_owned()),
            ("x-acs-signature-nonce", NONCE.to_owned()),
        ]
    };
    for (name, value) in added {
        if !headers.iter().any(|(other, _)| other == name) {
            headers.push(((*name).to_owned(), value.clone()));
        }
    }
    headers.sort();
    let pairs = request.pairs().into_iter();
    let mut pairs: Vec<_> = pairs
        .map(|(key, value)| (key, value.unwrap_or_default()))
        .collect();
    pairs.sort();
    Signed {
        method: request.request.method().to_string(),
        path: request.request.uri().path().to_owned(),
        pairs,
        headers,
        payload_hash: if is_trigger { String::new() } else { digest },
    }
}

/// The host of the URI in lower case, without the default port of its scheme.
fn host(request: &SignedRequest) -> String {
    let uri = request.request.uri();
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let default = match uri.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    };
    match uri.port_u16() {
        Some(port) if Some(port) != default => format!("{host}:{port}"),
        _ => host,
    }
}

/// Splits a canonical request. The headers end with an empty line; no header line is empty, because it has a colon.
fn of_text(text: &str) -> Signed {
    let mut rest = text;
    let [method, path, query] = std::array::from_fn(|_| take_line(&mut rest).to_owned());
    let mut headers = Vec::new();
    loop {
        let line = take_line(&mut rest);
        let Some((name, value)) = line.split_once(':') else {
            assert_eq!(line, "", "{text:?}");
            break;
        };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let names = take_line(&mut rest);
    let expected: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, expected.join(";"), "{text:?}");
    let pairs = query.split('&').filter(|_| !query.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or_default());
    let pairs = pairs
        .map(|(key, value)| (decoded(key, false), decoded(value, false)))
        .collect();
    Signed {
        method,
        path,
        pairs,
        headers,
        payload_hash: rest.to_owned(),
    }
}

fn hex_sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A refusal has its reason in the request.
fn check_refusal(error: &SignError, request: &SignedRequest) {
    let headers = request.request.headers();
    match error {
        SignError::AlreadySigned => assert!(headers.contains_key("authorization")),
        SignError::DuplicateHeader(name) => {
            assert!(headers.get_all(name).iter().count() > 1, "{name}");
        }
        SignError::BadPercentEscape => assert!(request.request.uri().to_string().contains('%')),
        SignError::StaleDigest(name) => {
            let digest = request.value(name.as_str()).unwrap_or_default();
            assert_ne!(digest.trim_ascii(), hex_sha256(request.request.body()));
        }
        _ => {}
    }
}
