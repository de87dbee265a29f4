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

fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn bare_line_feeds_are_accepted_as_line_ends() {
    play::<Backend>(vec![accepted(
        "hf-037",
        "HTTP/1.1 200 OK\nContent-Length: 5\n\n12345",
    )]);
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
    play::<Backend>(vec![
        Row::sends_and_closes("hf-044", "12345", Expected::error(Protocol)),
        refused("hf-045", format!("HTTP/2.0 200 OK\r\n{GOOD}")),
        refused("hf-046", format!("HTTP/1.1 20 OK\r\n{GOOD}")),
        refused("four digits", format!("HTTP/1.1 2000 OK\r\n{GOOD}")),
        refused("hf-048", format!("HTTP/1.1 -200 OK\r\n{GOOD}")),
        refused("hf-049", format!("ICY 200 OK\r\n{GOOD}")),
        refused("hf-050", noise(1024)),
        refused("hf-051", [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]),
        refused(
            "hf-072",
            format!("HTTP/1.1 200 {}\r\n{GOOD}", "O".repeat(1 << 20)),
        ),
    ]);
}

#[test]
fn malformed_header_lines_are_protocol_errors() {
    let refused = |id, line: &str| refused(id, format!("HTTP/1.1 200 OK\r\n{line}\r\n{GOOD}"));
    play::<Backend>(vec![
        refused("hf-038", "X-A: 1\r\n folded: 2"),
        refused("hf-039", "no colon here"),
        refused("hf-040", "X-A : 1"),
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

#[test]
fn a_head_of_300_kib_is_accepted_or_rejected() {
    let headers = format!("X-A: {}\r\n", "a".repeat(3 << 10)).repeat(100);
    let answer = format!("HTTP/1.1 200 OK\r\n{headers}{GOOD}");
    let expected = Backend::ENGINE.pick(
        Expected::answer(200, "12345").or(Protocol),
        Expected::error(Protocol),
    );
    play::<Backend>(vec![Row::sends("hf-069", answer, expected)]);
}

#[test]
fn an_endless_head_is_a_protocol_error() {
    let head = |flood: String| {
        [
            Step::ReadRequest,
            Step::send("HTTP/1.1 200 OK\r\n"),
            Step::flood(flood),
        ]
    };
    let lines =
        head("X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(1024));
    let line = head("a".repeat(64 * 1024));
    let block = format!("HTTP/1.1 200 OK\r\nX-A: {}\r\n{GOOD}", "a".repeat(10 << 20));
    play::<Backend>(vec![
        refused("hf-070", block),
        Row::new("hf-071", lines, Expected::error(Protocol)),
        Row::new("hf-071 one line", line, Expected::error(Protocol)),
    ]);
}
