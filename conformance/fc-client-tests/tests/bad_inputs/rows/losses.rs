//! Connections that end, become silent, or answer too early.

use std::time::Duration;

use fc_bad_inputs::Entry;
use fc_transport::TransportErrorKind::{Connect, Interrupted, Timeout};
use fcgate_http::origin::Step;

use crate::backends::Engine;
use crate::exchange::{Expected, short_limits};
use crate::play_rows::Row;

const EARLY: &str = "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 5\r\n\r\nlarge";
const LARGE: usize = 8 << 20;

pub(super) fn rows(entry: &Entry, engine: Engine) -> Option<Vec<Row>> {
    // The client may see the end of the connection before it has sent a byte, which is an error of connecting.
    let lost = || Expected::error(Interrupted).or(Connect);
    Some(vec![match entry.id() {
        "hf-001" => Row::new("closed", [Step::Close], lost()),
        "hf-002" => Row::new("reset", [Step::Reset], lost()),
        "hf-005" => Row::new("held", [Step::Hold], Expected::error(Timeout)).limits(short_limits()),
        "hf-008" => {
            let drip = Step::drip("HTTP/1.1 200 OK\r\n", Duration::from_millis(200));
            let limits = short_limits().idle(Duration::from_secs(5));
            let steps = [Step::ReadRequest, drip, Step::Stall];
            Row::new("slow", steps, Expected::error(Timeout)).limits(limits)
        }
        "hf-060" => return Some(early(engine)),
        "hf-061" => Row::new("held", [Step::Hold], Expected::error(Timeout))
            .payload(32 << 20)
            .limits(short_limits()),
        _ => return None,
    }])
}

/// A response before the request was read. The server then reads the rest, resets the connection, or stops reading.
fn early(engine: Engine) -> Vec<Row> {
    let row = |name, end, expected| {
        let steps = [Step::ReadHead, Step::send(EARLY), end];
        Row::new(name, steps, expected).payload(LARGE)
    };
    let answered = || Expected::answer(413, "large");
    vec![
        row("closed", Step::Close, answered()),
        row("reset", Step::Reset, answered().or(Interrupted)),
        row(
            "held",
            Step::Hold,
            // ureq reads nothing before it has sent the whole request.
            engine.pick(answered(), answered().or(Timeout)),
        )
        .limits(short_limits()),
    ]
}
