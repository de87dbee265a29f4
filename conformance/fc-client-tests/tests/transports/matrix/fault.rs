//! The kinds of fault.

use std::time::Duration;

use fc_transport::ExchangeLimits;
use fcgate_http::origin::Step;

use super::cell::CallResult;
use super::expected;
use super::phase::{ANSWER, Phase};
use crate::backends::Engine;

/// The behavior of the origin after the phase was reached.
pub(super) enum Play {
    /// These steps, independent of the bytes that were sent before.
    Steps(Vec<Step>),
    /// The part of this response that the phase has not sent, and then these steps.
    ///
    /// Not applicable if the phase has sent other bytes.
    Rest(String, Vec<Step>),
    /// The port refuses connections, so there are no later phases.
    Refuse,
}

pub(super) struct Fault {
    pub(super) title: &'static str,
    pub(super) play: fn(Phase) -> Play,
    pub(super) expected: fn(Phase, Engine) -> &'static [CallResult],
    pub(super) limits: ExchangeLimits,
    pub(super) payload: usize,
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: 1-23\r\n";
const CHUNK: &str = "a\r\n0123456789\r\n";

fn fault(
    title: &'static str,
    expected: fn(Phase, Engine) -> &'static [CallResult],
    play: fn(Phase) -> Play,
) -> Fault {
    Fault {
        title,
        play,
        expected,
        // Long, so that the call must end for another reason, also on a busy machine.
        limits: ExchangeLimits::default()
            .total(Duration::from_secs(10))
            .body(1 << 16),
        payload: 1 << 10,
    }
}

impl Fault {
    /// The call ends at the total limit.
    fn limited(mut self) -> Self {
        self.limits = self.limits.total(Duration::from_millis(300));
        self
    }

    /// One adapter ends at the total limit; the other needs time to read the bytes that it rejects.
    fn limited_or_refused(mut self) -> Self {
        self.limits = self.limits.total(Duration::from_secs(1));
        self
    }

    /// The call ends at the idle limit within the response, and at the total limit before it.
    fn idle(mut self) -> Self {
        let limits = self.limits.total(Duration::from_millis(600));
        self.limits = limits.idle(Duration::from_millis(200));
        self
    }

    fn payload(self, payload: usize) -> Self {
        Self { payload, ..self }
    }
}

pub(super) fn faults() -> Vec<Fault> {
    vec![
        fault("none", expected::response, |_| {
            rest(ANSWER, vec![Step::Stall])
        }),
        fault("none, then closed", expected::response, |_| {
            rest(ANSWER, vec![Step::Close])
        }),
        fault(
            "none, then reset",
            expected::response_or_interrupted,
            |_| rest(ANSWER, vec![Step::Reset]),
        ),
        fault("a pause", expected::response, |phase| {
            let pause = Step::Pause(Duration::from_millis(50));
            Play::Steps(vec![pause, Step::send(unsent(phase)), Step::Stall])
        }),
        fault("refused", expected::connect_error, |_| Play::Refuse),
        fault("closed", expected::lost, |_| Play::Steps(vec![Step::Close])),
        fault("reset", expected::lost, |_| Play::Steps(vec![Step::Reset])),
        fault("silent", expected::timeout, |_| {
            Play::Steps(vec![Step::Stall])
        })
        .limited(),
        fault("silent, idle limit", expected::timeout, |_| {
            Play::Steps(vec![Step::Stall])
        })
        .idle(),
        fault("reads nothing, 8 MiB payload", expected::timeout, |_| {
            Play::Steps(vec![Step::Hold])
        })
        .limited()
        .payload(8 << 20),
        fault(
            "dripped too slowly",
            expected::timeout_in_response,
            |phase| Play::Steps(vec![Step::drip(unsent(phase), Duration::from_millis(100))]),
        )
        .limited(),
        fault("dripped, then closed", expected::truncated, |phase| {
            dripped(phase, Step::Close)
        }),
        fault("dripped, then reset", expected::truncated, |phase| {
            dripped(phase, Step::Reset)
        }),
        fault("noise", expected::protocol_error, |_| here(&noise())),
        fault("NUL bytes", expected::protocol_error, |_| here(&[0; 1024])),
        fault("a TLS alert", expected::protocol_error, |_| {
            here(b"\x15\x03\x03\x00\x02\x02\x28")
        }),
        fault("endless line", expected::protocol_error, |_| {
            flood(&"a".repeat(1 << 16))
        }),
        fault("endless headers", expected::protocol_error, |_| {
            flood(&"X-A: b\r\n".repeat(1 << 13))
        }),
        fault("endless empty lines", expected::protocol_error, |_| {
            flood(&"\r\n".repeat(1 << 15))
        }),
        fault("endless interim responses", expected::interim, |_| {
            flood(&"HTTP/1.1 100 Continue\r\n\r\n".repeat(1 << 11))
        })
        .limited_or_refused(),
        fault("length and chunks", expected::protocol_error, |_| {
            head("Content-Length: 10\r\nTransfer-Encoding: chunked")
        }),
        fault("two lengths", expected::protocol_error, |_| {
            head("Content-Length: 10\r\nContent-Length: 11")
        }),
        fault("unknown coding", expected::protocol_error, |_| {
            head("Transfer-Encoding: gzip, chunked")
        }),
        fault("invalid length", expected::protocol_error, |_| {
            head("Content-Length: 0xa")
        }),
        fault("bad chunk size", expected::protocol_error, |_| {
            chunks("zz\r\n", vec![Step::Stall])
        }),
        fault("chunk without its end", expected::protocol_error, |_| {
            chunks("5\r\n01234567\r\n", vec![Step::Stall])
        }),
        fault("endless extension", expected::protocol_error, |_| {
            chunks("5;x=", vec![Step::flood("y".repeat(1 << 16))])
        }),
        fault("endless trailers", expected::trailers, |_| {
            chunks("0\r\n", vec![Step::flood("X-T: 1\r\n".repeat(1 << 13))])
        })
        .limited_or_refused(),
        fault("endless body", expected::protocol_error, |_| {
            chunks("", vec![Step::flood(CHUNK.repeat(1 << 12))])
        }),
        fault("no last chunk", expected::truncated, |_| {
            chunks("", vec![Step::Close])
        }),
    ]
}

/// The part of the valid response that the phase has not sent.
fn unsent(phase: Phase) -> &'static str {
    &ANSWER[phase.sent().len()..]
}

fn rest(response: &str, then: Vec<Step>) -> Play {
    Play::Rest(response.to_owned(), then)
}

/// The bytes and an empty line, because parsers check a line or a head only after its end.
fn here(bytes: &[u8]) -> Play {
    let bytes = [bytes, b"\r\n\r\n"].concat();
    Play::Steps(vec![Step::Send(bytes.into()), Step::Stall])
}

fn flood(text: &str) -> Play {
    Play::Steps(vec![Step::flood(text.to_owned())])
}

fn dripped(phase: Phase, end: Step) -> Play {
    let first_bytes = &unsent(phase)[..4];
    Play::Steps(vec![Step::drip(first_bytes, Duration::from_millis(5)), end])
}

/// A head with this framing, and a body.
fn head(framing: &str) -> Play {
    let response = format!("{HEAD}{framing}\r\n\r\n{CHUNK}0\r\n\r\n");
    Play::Rest(response, vec![Step::Stall])
}

/// A valid head, a valid chunk, and this text.
fn chunks(text: &str, then: Vec<Step>) -> Play {
    let response = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{CHUNK}{text}");
    Play::Rest(response, then)
}

fn noise() -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    // Without a CR, because ureq waits for more bytes after a CR at the end of a chunk.
    let byte = |_| Some(next()).filter(|byte| *byte != b'\r').unwrap_or(b'\n');
    (0..1024).map(byte).collect()
}
