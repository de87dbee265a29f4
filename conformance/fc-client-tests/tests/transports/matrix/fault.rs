//! The kinds of fault.

use std::time::Duration;

use fc_transport::Limits;
use fcgate_http::origin::Step;

use super::cell::Came;
use super::expect;
use super::phase::{ANSWER, Phase};
use crate::backends::Engine;

/// What the origin does when the phase is reached.
pub(super) enum Play {
    /// These steps, whatever was sent before.
    Here(Vec<Step>),
    /// The rest of this response, as far as the phase has not sent it, and then these steps.
    ///
    /// It does not exist in a phase that has sent something else.
    Rest(String, Vec<Step>),
    /// Nothing listens: there are no later phases.
    Refuse,
}

pub(super) struct Fault {
    pub(super) title: &'static str,
    pub(super) play: fn(Phase) -> Play,
    pub(super) expected: fn(Phase, Engine) -> &'static [Came],
    pub(super) limits: Limits,
    pub(super) payload: usize,
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: 1-23\r\n";
const CHUNK: &str = "a\r\n0123456789\r\n";

fn fault(
    title: &'static str,
    expected: fn(Phase, Engine) -> &'static [Came],
    play: fn(Phase) -> Play,
) -> Fault {
    Fault {
        title,
        play,
        expected,
        // Out of reach: it must be ended by something else than time, however busy the machine is.
        limits: Limits::default()
            .total(Duration::from_secs(10))
            .body(1 << 16),
        payload: 1 << 10,
    }
}

impl Fault {
    /// It is waited for until the limit.
    fn limited(mut self) -> Self {
        self.limits = self.limits.total(Duration::from_millis(300));
        self
    }

    /// By one adapter it is waited for, and the other needs time to read what it refuses.
    fn limited_or_refused(mut self) -> Self {
        self.limits = self.limits.total(Duration::from_secs(1));
        self
    }

    /// It is waited for until the limit of silence, and until the other before the response begins.
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
        fault("none", expect::whole, |_| rest(ANSWER, vec![Step::Stall])),
        fault("none, then closed", expect::whole, |_| {
            rest(ANSWER, vec![Step::Close])
        }),
        fault("none, then reset", expect::whole_or_lost, |_| {
            rest(ANSWER, vec![Step::Reset])
        }),
        fault("a pause", expect::whole, |phase| {
            let pause = Step::Pause(Duration::from_millis(50));
            Play::Here(vec![pause, Step::send(left(phase)), Step::Stall])
        }),
        fault("refused", expect::refused, |_| Play::Refuse),
        fault("closed", expect::lost, |_| Play::Here(vec![Step::Close])),
        fault("reset", expect::reset, |_| Play::Here(vec![Step::Reset])),
        fault("silent", expect::late, |_| Play::Here(vec![Step::Stall])).limited(),
        fault("silent, idle limit", expect::late, |_| {
            Play::Here(vec![Step::Stall])
        })
        .idle(),
        fault("deaf, 8 MiB payload", expect::late, |_| {
            Play::Here(vec![Step::Hold])
        })
        .limited()
        .payload(8 << 20),
        fault("dripped too slowly", expect::slow, |phase| {
            Play::Here(vec![Step::drip(left(phase), Duration::from_millis(100))])
        })
        .limited(),
        fault("dripped, then closed", expect::cut, |phase| {
            dripped(phase, Step::Close)
        }),
        fault("dripped, then reset", expect::cut, |phase| {
            dripped(phase, Step::Reset)
        }),
        fault("noise", expect::bad, |_| here(&noise())),
        fault("NUL bytes", expect::bad, |_| here(&[0; 1024])),
        fault("a TLS alert", expect::bad, |_| {
            here(b"\x15\x03\x03\x00\x02\x02\x28")
        }),
        fault("endless line", expect::bad, |_| flood(&"a".repeat(1 << 16))),
        fault("endless headers", expect::bad, |_| {
            flood(&"X-A: b\r\n".repeat(1 << 13))
        }),
        fault("endless empty lines", expect::bad, |_| {
            flood(&"\r\n".repeat(1 << 15))
        }),
        fault("endless interim responses", expect::interim, |_| {
            flood(&"HTTP/1.1 100 Continue\r\n\r\n".repeat(1 << 11))
        })
        .limited_or_refused(),
        fault("length and chunks", expect::bad, |_| {
            head("Content-Length: 10\r\nTransfer-Encoding: chunked")
        }),
        fault("two lengths", expect::bad, |_| {
            head("Content-Length: 10\r\nContent-Length: 11")
        }),
        fault("unknown coding", expect::bad, |_| {
            head("Transfer-Encoding: gzip, chunked")
        }),
        fault("length that is no number", expect::bad, |_| {
            head("Content-Length: 0xa")
        }),
        fault("bad chunk size", expect::bad, |_| {
            chunks("zz\r\n", vec![Step::Stall])
        }),
        fault("chunk without its end", expect::bad, |_| {
            chunks("5\r\n01234567\r\n", vec![Step::Stall])
        }),
        fault("endless extension", expect::bad, |_| {
            chunks("5;x=", vec![Step::flood("y".repeat(1 << 16))])
        }),
        fault("endless trailers", expect::trailers, |_| {
            chunks("0\r\n", vec![Step::flood("X-T: 1\r\n".repeat(1 << 13))])
        })
        .limited_or_refused(),
        fault("endless body", expect::bad, |_| {
            chunks("", vec![Step::flood(CHUNK.repeat(1 << 12))])
        }),
        fault("no last chunk", expect::cut, |_| {
            chunks("", vec![Step::Close])
        }),
    ]
}

/// What the phase has left of the good answer.
fn left(phase: Phase) -> &'static str {
    &ANSWER[phase.sent().len()..]
}

fn rest(response: &str, then: Vec<Step>) -> Play {
    Play::Rest(response.to_owned(), then)
}

/// The bytes and an empty line: parsers look at a line, or at a whole head, only when they have its end.
fn here(bytes: &[u8]) -> Play {
    let bytes = [bytes, b"\r\n\r\n"].concat();
    Play::Here(vec![Step::Send(bytes.into()), Step::Stall])
}

fn flood(text: &str) -> Play {
    Play::Here(vec![Step::flood(text.to_owned())])
}

fn dripped(phase: Phase, end: Step) -> Play {
    let few = &left(phase)[..4];
    Play::Here(vec![Step::drip(few, Duration::from_millis(5)), end])
}

/// A head with this framing, and a body.
fn head(framing: &str) -> Play {
    let response = format!("{HEAD}{framing}\r\n\r\n{CHUNK}0\r\n\r\n");
    Play::Rest(response, vec![Step::Stall])
}

/// A good head, a good chunk, and this.
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
    // Without a CR: one that stands alone makes ureq wait for more where a chunk has to end.
    let byte = |_| Some(next()).filter(|byte| *byte != b'\r').unwrap_or(b'\n');
    (0..1024).map(byte).collect()
}
