//! Response headers: each is decoded or an error on access, and the payload stays available.

use std::fmt::Display;

use fc_bad_inputs::{ACCEPT, Entry};
use fc_headers::{HeaderError, RetryAfter};
use fc_response::{Metadata, Outcome};

use crate::response::{PAYLOAD, outcome, response};
use crate::status::accepted_as;

/// The values of the accepted headers.
const SHOWN: [(&str, &str); 14] = [
    ("rh-001", "3 ms"),
    ("rh-002", "0 ms"),
    ("rh-003", "7 ms"),
    ("rh-016", "18446744073709551615 ms"),
    ("rh-022", "3 ms"),
    ("rh-023", "85.20 MB"),
    ("rh-024", "9.2 MB"),
    ("rh-026", "0 MB"),
    ("rh-038", "17380263816131011825"),
    ("rh-041", "FC Invoke"),
    ("rh-054", "\u{fffd}\u{fffd}\u{fffd}"),
    ("rh-055", "\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[2J"),
    ("rh-056", "::add-mask::x\n::error::fake"),
    ("rh-077", "99999999999 s"),
];

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    // The one input that is described and not written down.
    let response = match entry.id() {
        "rh-057" => cut_character(entry),
        _ => response(entry),
    };
    let names: Vec<_> = response.headers().keys().cloned().collect();
    let name = names
        .first()
        .map(http::HeaderName::as_str)
        .unwrap_or_default();
    if name.is_empty() || name == "x-fc-error-type" || entry.has("headers_count") {
        return error_type(entry, response);
    }
    let Ok(Outcome::Completed(completed)) = Outcome::from_unidentified_response(response.clone())
    else {
        return Err(format!("{name} changed the outcome"));
    };
    let metadata = completed.metadata();
    let found = match name {
        "x-fc-invocation-duration" => read(metadata.duration()),
        "x-fc-max-memory-usage" => read(metadata.max_memory_usage()),
        "x-fc-code-checksum" => read(metadata.code_checksum()),
        "x-fc-log-result" => {
            if entry.id() == "rh-043" {
                let raw = metadata.log_result().unwrap().unwrap();
                assert_eq!(raw.as_str(), "demo log result");
            }
            let tail = metadata.log_tail();
            read(tail.map(|tail| tail.map(|tail| tail.to_string_lossy().into_owned())))
        }
        "retry-after" => match metadata.retry_after() {
            Ok(Some(RetryAfter::Seconds(seconds))) => format!("{seconds} s"),
            other => read(other.map(|_| None::<String>)),
        },
        "x-fc-request-id" => return request_id(entry, metadata),
        _ => return Err(format!("the test does not know {name}")),
    };
    assert_eq!(completed.payload(), PAYLOAD.as_bytes());
    assert_eq!(completed.headers(), response.headers());
    if found.starts_with("HeaderError:") {
        return entry.expect(&found);
    }
    let shown = SHOWN.iter().find(|(id, _)| *id == entry.id());
    let expected = match (entry.id(), shown) {
        ("rh-051", _) => "l".repeat(4096),
        ("rh-057", _) => format!("\u{fffd}{}", "中".repeat(1365)),
        (_, Some((_, shown))) => (*shown).to_owned(),
        (id, None) => return Err(format!("the test does not know the value of {id}")),
    };
    assert_eq!(found, expected);
    entry.expect(ACCEPT)
}

fn read<T: Display>(value: Result<Option<T>, HeaderError>) -> String {
    match value {
        Ok(None) => "absent".to_owned(),
        Ok(Some(value)) => value.to_string(),
        Err(error) => {
            let message = error.to_string();
            let slug = error.kind().slug();
            assert!(message.starts_with(slug), "{message}");
            assert!(message.len() < 500, "{message}");
            format!("HeaderError:{slug}")
        }
    }
}

fn error_type(entry: &Entry, response: http::Response<bytes::Bytes>) -> Result<(), String> {
    if let Ok(Outcome::FunctionFailed(error)) =
        Outcome::from_unidentified_response(response.clone())
    {
        let shown = error.to_string();
        assert!(shown.matches('E').count() <= 65, "{shown}");
    }
    match entry.id() {
        "rh-069" => {
            let metadata = Metadata::new(response.headers());
            assert_eq!(metadata.request_id(), None);
            assert_eq!(read(metadata.duration()), "absent");
            assert_eq!(read(metadata.max_memory_usage()), "absent");
            assert_eq!(read(metadata.code_checksum()), "absent");
        }
        "rh-079" => {
            assert_eq!(outcome(response), "Completed");
            return entry.expect(ACCEPT);
        }
        _ => {}
    }
    accepted_as(entry, &outcome(response))
}

fn request_id(entry: &Entry, metadata: Metadata<'_>) -> Result<(), String> {
    let id = metadata.request_id();
    match entry.id() {
        "rh-071" => {
            assert_eq!(id, None);
            let raw = response(entry);
            assert_eq!(raw.headers()["x-fc-request-id"].as_bytes(), b"\xc3\xa9");
        }
        "rh-073" => {
            assert_eq!(id.map(str::len), Some(8000));
            let mut refused = response(entry);
            *refused.status_mut() = http::StatusCode::NOT_FOUND;
            let shown = crate::response::rejected(refused).to_string();
            let shown = shown.split_once("request id ").unwrap().1;
            let more = "more bytes".matches('r').count();
            assert_eq!(shown.matches('r').count(), 128 + more, "{shown}");
        }
        "rh-074" => assert_eq!(id, Some("<script>alert(1)</script>")),
        _ => return Err("the test does not know this request id".to_owned()),
    }
    entry.expect(ACCEPT)
}

/// A log of 4,096 bytes that begins in the middle of a character.
fn cut_character(entry: &Entry) -> http::Response<bytes::Bytes> {
    use base64::Engine as _;
    let pair = entry.field("headers").get(0).unwrap();
    let name: http::HeaderName = pair.get(0).unwrap().as_str().unwrap().parse().unwrap();
    let log = "中".repeat(1366);
    let log = log.as_bytes().get(2..).unwrap();
    assert_eq!(log.len(), 4096);
    let value = base64::engine::general_purpose::STANDARD.encode(log);
    let mut response = http::Response::new(bytes::Bytes::from(PAYLOAD));
    response.headers_mut().insert(name, value.parse().unwrap());
    response
}
