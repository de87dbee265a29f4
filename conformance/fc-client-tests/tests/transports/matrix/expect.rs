//! What a fault has to come to, by the phase and where allowed by the engine.
//!
//! In the phase `accepted` the origin does not wait for the request. An engine of hyper may then see the
//! origin's bytes before it has a request for them to answer, and ends the connection; or behind it, and
//! takes them for the answer. Both are right, and which one comes is a matter of threads.

use fc_transport::TransportErrorKind::{Connect, Interrupted, Protocol, Timeout};

use super::cell::Came;
use super::phase::Phase;
use crate::backends::Engine;

const OK: Came = Came::Answer;
const CONNECT: Came = Came::Error(Connect);
const LOST: Came = Came::Error(Interrupted);
const BAD: Came = Came::Error(Protocol);
const LATE: Came = Came::Error(Timeout);

/// The answer, whole.
pub(super) fn whole(phase: Phase, engine: Engine) -> &'static [Came] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[OK, LOST, BAD],
        _ => &[OK],
    }
}

/// A reset may overtake what was sent before it, and the sight of being connected.
pub(super) fn whole_or_lost(phase: Phase, engine: Engine) -> &'static [Came] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[OK, LOST, BAD, CONNECT],
        (Phase::Accept, Engine::Ureq) => &[OK, LOST, CONNECT],
        _ => &[OK, LOST],
    }
}

pub(super) fn refused(_: Phase, _: Engine) -> &'static [Came] {
    &[CONNECT]
}

pub(super) fn lost(_: Phase, _: Engine) -> &'static [Came] {
    &[LOST]
}

/// Lost with nothing sent before; seen before the client knows that it is connected, it never was.
pub(super) fn reset(phase: Phase, _: Engine) -> &'static [Came] {
    match phase {
        Phase::Accept => &[LOST, CONNECT],
        _ => &[LOST],
    }
}

/// Lost behind a part of an answer.
pub(super) fn cut(phase: Phase, engine: Engine) -> &'static [Came] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[LOST, BAD],
        _ => &[LOST],
    }
}

pub(super) fn late(_: Phase, _: Engine) -> &'static [Came] {
    &[LATE]
}

/// Late behind a part of an answer.
pub(super) fn slow(phase: Phase, engine: Engine) -> &'static [Came] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[LATE, LOST, BAD],
        _ => &[LATE],
    }
}

pub(super) fn bad(phase: Phase, engine: Engine) -> &'static [Came] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[BAD, LOST],
        _ => &[BAD],
    }
}

/// Hyper skips them as long as they come; ureq counts them as one head, which is then too long.
pub(super) fn interim(phase: Phase, engine: Engine) -> &'static [Came] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[LATE, LOST, BAD],
        (Phase::Head | Phase::Request, Engine::Hyper) => &[LATE],
        _ => &[BAD],
    }
}

/// Hyper refuses them beyond 16 KiB; ureq reads them as long as they come.
pub(super) fn trailers(phase: Phase, engine: Engine) -> &'static [Came] {
    match engine {
        Engine::Hyper => bad(phase, engine),
        Engine::Ureq => &[LATE],
    }
}
