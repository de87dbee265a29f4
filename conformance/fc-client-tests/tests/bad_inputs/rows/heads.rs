//! Status lines, header lines and interim responses.

use fc_bad_inputs::Entry;
use fc_transport::TransportErrorKind::Protocol;
use fcgate_http::origin::Step;

use crate::backends::Engine;
use crate::exchange::Expected;
use crate::play_rows::Row;

const GOOD: &str = "Content-Length: 5\r\n\r\n12345";
const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";

/// A response after an interim one whose header would be a failure.
pub(crate) fn hints() -> String {
    let hints = "HTTP/1.1 103 Early Hints\r\nX-Fc-Error-Type: UnhandledInvocationError\r\n\r\n";
    format!("{hints}HTTP/1.1 200 OK\r\n{GOOD}")
}

/// The responses that a transport returns and that are no outcome.
pub(crate) fn without_outcome(id: &str) -> &'static str {
    match id {
        "hf-056" => "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        _ => "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n12345",
    }
}

fn accepted(answer: impl AsRef<[u8]>) -> Row {
    Row::sends("row", answer, Expected::answer(200, "12345"))
}

fn refused(answer: impl AsRef<[u8]>) -> Row {
    Row::sends("row", answer, Expected::error(Protocol))
}

fn with_header(line: &str) -> Row {
    refused(format!("HTTP/1.1 200 OK\r\n{line}\r\n{GOOD}"))
}

fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

fn endless(flood: String) -> Row {
    let steps = [
        Step::ReadRequest,
        Step::send("HTTP/1.1 200 OK\r\n"),
        Step::flood(flood),
    ];
    Row::new("endless", steps, Expected::error(Protocol))
}

pub(super) fn rows(entry: &Entry, _: Engine) -> Option<Vec<Row>> {
    Some(vec![match entry.id() {
        "hf-037" => accepted("HTTP/1.1 200 OK\nContent-Length: 5\n\n12345"),
        "hf-038" => with_header("X-A: 1\r\n folded: 2"),
        "hf-039" => with_header("no colon here"),
        "hf-040" => with_header("X-A : 1"),
        "hf-044" => Row::sends_and_closes("row", "12345", Expected::error(Protocol)),
        "hf-045" => refused(format!("HTTP/2.0 200 OK\r\n{GOOD}")),
        "hf-046" => refused(format!("HTTP/1.1 20 OK\r\n{GOOD}")),
        "hf-048" => refused(format!("HTTP/1.1 -200 OK\r\n{GOOD}")),
        "hf-049" => refused(format!("ICY 200 OK\r\n{GOOD}")),
        "hf-050" => refused(noise(1024)),
        "hf-051" => refused([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]),
        "hf-052" => accepted(format!("{CONTINUE}HTTP/1.1 200 OK\r\n{GOOD}")),
        "hf-053" => accepted(hints()),
        "hf-056" => {
            Row::sends_and_closes("row", without_outcome("hf-056"), Expected::answer(101, ""))
                .closes_connection()
        }
        "hf-057" => {
            let stray = without_outcome("hf-057");
            Row::sends("row", stray, Expected::answer(204, "")).closes_connection()
        }
        "hf-058" => Row::sends(
            "row",
            "HTTP/1.1 304 X\r\nContent-Length: 10\r\n\r\n",
            Expected::answer(304, ""),
        ),
        "hf-069" => {
            let headers = format!("X-A: {}\r\n", "a".repeat(3 << 10)).repeat(100);
            let answer = format!("HTTP/1.1 200 OK\r\n{headers}{GOOD}");
            // The entry names the limits of both libraries.
            Row::sends("row", answer, Expected::answer(200, "12345").or(Protocol))
        }
        "hf-070" => with_header(&format!("X-A: {}", "a".repeat(10 << 20))),
        "hf-071" => {
            let line = format!("X-A: {}\r\n", "a".repeat(48));
            return Some(vec![
                endless(line.repeat(1024)),
                endless("a".repeat(64 * 1024)),
            ]);
        }
        "hf-072" => refused(format!("HTTP/1.1 200 {}\r\n{GOOD}", "O".repeat(1 << 20))),
        "rh-053" | "rh-070" | "rh-075" => {
            let headers = entry.headers("headers");
            let (name, value) = headers.first()?;
            let mut answer = format!("HTTP/1.1 200 OK\r\n{name}: ").into_bytes();
            answer.extend(value);
            answer.extend_from_slice(format!("\r\n{GOOD}").as_bytes());
            refused(answer)
        }
        "rh-080" | "rh-081" => {
            let count = usize::try_from(entry.field("headers_count").as_u64()?).ok()?;
            let headers: Vec<String> = (0..count).map(|n| format!("X-{n}: v\r\n")).collect();
            let headers = headers.concat();
            let answer = format!("HTTP/1.1 200 OK\r\n{headers}{GOOD}");
            // Each library has a limit of its own, the entry names both.
            let expected = match entry.id() {
                "rh-080" => Expected::answer(200, "12345").or(Protocol),
                _ => Expected::error(Protocol),
            };
            Row::sends("row", answer, expected)
        }
        _ => return None,
    }])
}
