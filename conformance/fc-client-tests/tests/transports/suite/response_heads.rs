//! Response heads, valid and malformed.

use fc_transport::TransportErrorKind::Protocol;
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, exchange, generous_limits};
use crate::rows::{Row, play};

const GOOD: &str = "Content-Length: 5\r\n\r\n12345";

fn accepted(id: &'static str, answer: impl AsRef<[u8]>) -> Row {
    Row::sends(id, answer, Expected::answer(200, "12345"))
}

fn refused(id: &'static str, answer: impl AsRef<[u8]>) -> Row {
    Row::sends(id, answer, Expected::error(Protocol))
}

#[test]
fn a_missing_reason_phrase_is_accepted() {
    play::<Backend>(vec![
        accepted("no reason", format!("HTTP/1.1 200 \r\n{GOOD}")),
        accepted("no space", format!("HTTP/1.1 200\r\n{GOOD}")),
    ]);
}

#[test]
fn malformed_status_lines_are_protocol_errors() {
    play::<Backend>(vec![refused(
        "four digits",
        format!("HTTP/1.1 2000 OK\r\n{GOOD}"),
    )]);
}

#[test]
fn malformed_header_lines_are_protocol_errors() {
    let refused = |id, line: &str| refused(id, format!("HTTP/1.1 200 OK\r\n{line}\r\n{GOOD}"));
    play::<Backend>(vec![
        refused("NUL", "X-A: a\0b"),
        refused("bare CR", "X-A: a\rb"),
        refused("ESC", "X-A: \x1b[2J"),
    ]);
}

#[test]
fn non_ascii_bytes_in_header_values_are_kept() {
    let subject = Backend::new(generous_limits());
    let mut answer = b"HTTP/1.1 200 OK\r\nX-A: \xff\xfe \xe4\r\n".to_vec();
    answer.extend_from_slice(GOOD.as_bytes());
    let steps = [Step::ReadRequest, Step::send(answer), Step::Stall];
    let response = exchange(&subject, steps, "").result.unwrap();
    assert_eq!(response.headers()["x-a"].as_bytes(), b"\xff\xfe \xe4");
}

#[test]
fn heads_with_64_headers_or_48_kib_are_accepted() {
    let headers = |count, length| format!("X-A: {}\r\n", "a".repeat(length)).repeat(count);
    let answer = |headers| format!("HTTP/1.1 200 OK\r\n{headers}{GOOD}");
    play::<Backend>(vec![
        accepted("64 headers", answer(headers(63, 8))),
        accepted("48 KiB", answer(headers(1, 48 * 1024))),
    ]);
}
