//! The text that the `FC` scheme signs can be read back: two requests have one text only if they are equal in what is signed.
//!
//! Source: manual page "Signature authentication". The text is split into what is signed, and the result is compared with the
//! request. So no text stands for two requests, and no other request can be sent with a captured signature.

use fc_sign::fc::{FcSigner, Resource};
use fc_sign::{SignError, Timestamp};

use crate::shown::assert_harmless_error;
use crate::signed_request::{SignedRequest, credentials, take_line, time};

/// What the scheme signs of a request.
#[derive(Debug, PartialEq, Eq)]
struct Signed {
    method: String,
    content_md5: String,
    content_type: String,
    /// The `Date` line; for a pre-signed URL the second at which it expires.
    date: String,
    /// The headers whose names start with `x-fc-`, in the order of their names.
    headers: Vec<(String, String)>,
    /// The decoded path.
    path: String,
    /// The decoded pairs of the query, sorted as whole texts; `None` for an API request, whose query is not signed.
    pairs: Option<Vec<(String, String)>>,
}

/// The date that the signer adds, [`time`].
const ADDED_DATE: &str = "Wed, 11 May 2022 09:00:00 GMT";
const EXPIRES: u64 = 1_652_259_700;

/// Signs a request as a call of the API (mode `a`), as one of an HTTP trigger (`t`), or as a pre-signed URL (`u`).
///
/// # Panics
///
/// If the parts that are read from the signed text differ from those of the request.
pub fn check(input: &[u8]) {
    let Some(given) = SignedRequest::read(input) else {
        return;
    };
    let signer = FcSigner::new(&credentials());
    let request = &given.request;
    let (explained, expected) = match given.mode {
        b'a' => (
            signer.explain(request, Resource::Api, time()),
            of_request(&given, false),
        ),
        b't' => (
            signer.explain(request, Resource::HttpTrigger, time()),
            of_request(&given, true),
        ),
        _ => {
            let Ok(expires) = Timestamp::try_from(EXPIRES) else {
                return;
            };
            (
                signer.explain_presigned(request, time(), expires),
                of_url(&given),
            )
        }
    };
    match explained {
        Ok(explanation) => {
            let text = explanation.string_to_sign();
            assert_eq!(
                of_text(text, expected.pairs.is_some()),
                expected,
                "{text:?}"
            );
        }
        Err(error) => {
            assert_harmless_error(&error);
            check_refusal(&error, &given);
        }
    }
}

fn of_request(request: &SignedRequest, is_trigger: bool) -> Signed {
    let line = |name| request.value(name).unwrap_or_default();
    let date = request.value("x-fc-date").or(request.value("date"));
    let pairs = is_trigger.then(|| {
        let pairs = request.pairs().into_iter();
        sorted(
            pairs
                .map(|(key, value)| (key, value.unwrap_or_default()))
                .collect(),
        )
    });
    Signed {
        method: request.request.method().to_string(),
        content_md5: line("content-md5"),
        content_type: line("content-type"),
        date: date.unwrap_or_else(|| ADDED_DATE.to_owned()),
        headers: request.headers(|name| name.starts_with("x-fc-")),
        path: request.path(),
        pairs,
    }
}

/// The query of the URL has two more pairs, and the time at which it expires is on the line of the date.
fn of_url(request: &SignedRequest) -> Signed {
    let mut signed = of_request(request, true);
    signed.date = EXPIRES.to_string();
    let added = [
        ("x-fc-access-key-id", "FCTESTACCESSKEYID01".to_owned()),
        ("x-fc-expires", EXPIRES.to_string()),
    ];
    let mut pairs = signed.pairs.unwrap_or_default();
    pairs.extend(added.map(|(key, value)| (key.to_owned(), value)));
    signed.pairs = Some(sorted(pairs));
    signed
}

/// Whole texts are sorted, so that `a-b=1` is before `a=1`.
fn sorted(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort_by_key(|(key, value)| format!("{key}={value}"));
    pairs
}

/// Splits a signed text. The path starts with a slash, which no header name does.
fn of_text(text: &str, has_query: bool) -> Signed {
    let mut rest = text;
    let lines: [String; 4] = std::array::from_fn(|_| take_line(&mut rest).to_owned());
    let [method, content_md5, content_type, date] = lines;
    let mut headers = Vec::new();
    while !rest.starts_with('/') && !rest.is_empty() {
        let line = take_line(&mut rest);
        let (name, value) = line.split_once(':').unwrap_or_default();
        headers.push((name.to_owned(), value.to_owned()));
    }
    let (path, query) = match rest.split_once('\n') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    assert_eq!(query.is_some(), has_query, "{text:?}");
    let pairs = query.map(|query| {
        let lines = query.split('\n').filter(|_| !query.is_empty());
        let pairs = lines.map(|line| line.split_once('=').unwrap_or_default());
        pairs
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    });
    Signed {
        method,
        content_md5,
        content_type,
        date,
        headers,
        path: path.to_owned(),
        pairs,
    }
}

/// A refusal has its reason in the request.
fn check_refusal(error: &SignError, request: &SignedRequest) {
    let uri = request.request.uri().to_string();
    match error {
        SignError::AlreadySigned => {
            let has_signature = request.value("authorization").is_some();
            assert!(has_signature || request.mode != b'a');
        }
        SignError::BadPercentEscape => assert!(uri.contains('%')),
        SignError::Method => {
            let method = request.request.method().as_str();
            assert!(method.bytes().any(|byte| !byte.is_ascii_uppercase()));
        }
        SignError::DuplicateHeader(name) => {
            let values = request.request.headers().get_all(name).iter();
            assert!(values.count() > 1, "{name} is not repeated");
        }
        SignError::UnsignableHeader(name) => {
            let values = request.request.headers().get_all(name).iter();
            let is_unsignable = |value: &[u8]| !value.is_ascii() || value.trim_ascii() != value;
            assert!(
                values.map(http::HeaderValue::as_bytes).any(is_unsignable),
                "{name}"
            );
        }
        SignError::DateConflict => assert!(request.value("date") != request.value("x-fc-date")),
        _ => {}
    }
}
