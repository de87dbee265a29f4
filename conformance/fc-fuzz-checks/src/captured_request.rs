//! A captured request, in any of the forms that `fcgate why` reads.

use std::fmt::Write as _;

use fcgate_why::{Body, CapturedRequest, read_exchange};

use crate::shown::{assert_harmless, assert_harmless_lines};

/// Reads a capture.
///
/// # Panics
///
/// If a value of a header is not bytes, `Debug` shows a value or the body, the request changes when it is written as HTTP/1.1 and
/// read again, or an error shows a part of the capture.
pub fn check(input: &[u8]) {
    match read_exchange(input) {
        Ok(exchange) => {
            let request = &exchange.request;
            for (_, value) in &request.headers {
                assert!(value.chars().all(|one| u32::from(one) < 0x100), "{value:?}");
                assert!(!value.contains(['\r', '\n']), "a line end in {value:?}");
            }
            check_debug(request);
            exchange.notes.iter().for_each(|note| assert_harmless(note));
            check_again(request);
        }
        Err(error) => {
            assert_harmless_lines(&error);
            let shown = error.to_string();
            let parts = input.split(|byte| !byte.is_ascii_digit());
            for part in parts.filter(|part| part.len() >= 12) {
                let part = String::from_utf8_lossy(part);
                assert!(!shown.contains(part.as_ref()), "{shown} shows {part}");
            }
        }
    }
}

/// No value of a header is in `Debug`; a long text of digits can only come from a value.
fn check_debug(request: &CapturedRequest) {
    let shown = format!("{request:?}");
    for (name, value) in &request.headers {
        let is_distinct = value.len() >= 24 && value.bytes().all(|byte| byte.is_ascii_digit());
        let is_elsewhere = request.target.contains(value) || name.contains(value);
        assert!(
            !is_distinct || is_elsewhere || !shown.contains(value),
            "{shown}"
        );
    }
}

/// A request that HTTP/1.1 can carry is the same after it was written and read.
fn check_again(request: &CapturedRequest) {
    let Some(text) = written(request) else { return };
    match read_exchange(&text) {
        Ok(again) => {
            let again = again.request;
            assert_eq!(
                (&again.method, &again.target),
                (&request.method, &request.target)
            );
            let fields = |request: &CapturedRequest| -> Vec<(String, String)> {
                let fields = request.headers.iter();
                let trimmed = |value: &str| value.trim_matches([' ', '\t']).to_owned();
                fields
                    .map(|(name, value)| (name.clone(), trimmed(value)))
                    .collect()
            };
            assert_eq!(fields(&again), fields(request));
        }
        Err(error) => panic!("{error}: {}", String::from_utf8_lossy(&text)),
    }
}

/// The head of a request as HTTP/1.1; `None` if it cannot be sent in this form.
fn written(request: &CapturedRequest) -> Option<Vec<u8>> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_visible = |byte: u8| byte.is_ascii_graphic();
    let method_is_plain = ["GET", "POST", "PUT", "DELETE"].contains(&request.method.as_str());
    let target_is_plain = request.target.starts_with('/') && request.target.bytes().all(is_visible);
    if !method_is_plain || !target_is_plain || request.headers.is_empty() {
        return None;
    }
    let mut text = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        let value = value.trim_matches([' ', '\t']);
        // Quotes and pipes in a value may look like a command, which is another form.
        let is_plain_byte =
            |byte: u8| byte.is_ascii_alphanumeric() || b" -._:/=,;+".contains(&byte);
        let is_plain = value.bytes().all(is_plain_byte);
        let is_framing = ["content-length", "transfer-encoding", "expect", "upgrade"]
            .contains(&name.to_ascii_lowercase().as_str());
        if name.is_empty() || !name.bytes().all(is_token) || !is_plain || is_framing {
            return None;
        }
        let _ = write!(text, "{name}: {value}\r\n");
    }
    text.push_str("\r\n");
    let body = matches!(&request.body, Body::Whole(body) if body.is_empty());
    body.then(|| text.into_bytes())
}
