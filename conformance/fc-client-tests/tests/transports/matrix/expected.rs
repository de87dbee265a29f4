//! The expected results of a fault, by phase and engine.
//!
//! In the phase `accepted` the origin does not wait for the request. Hyper may then read the bytes of the origin before
//! it has sent a request, and close the connection; or after it, and treat them as the response. Both are correct, and
//! the order depends on the threads. A connection that is lost before the request is sent is an error of connecting.

use fc_transport::TransportErrorKind::{Connect, Interrupted, Protocol, Timeout};

use super::cell::CallResult;
use super::phase::Phase;
use crate::backends::Engine;

const RESPONSE: CallResult = CallResult::Answer;
const CONNECT: CallResult = CallResult::Error(Connect);
const INTERRUPTED: CallResult = CallResult::Error(Interrupted);
const PROTOCOL: CallResult = CallResult::Error(Protocol);
const TIMEOUT: CallResult = CallResult::Error(Timeout);

/// The complete response.
pub(super) fn response(phase: Phase, engine: Engine) -> &'static [CallResult] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[RESPONSE, INTERRUPTED, PROTOCOL, CONNECT],
        _ => &[RESPONSE],
    }
}

/// A reset may discard bytes that were sent before it, and may be seen before the client knows that it is connected.
pub(super) fn response_or_interrupted(phase: Phase, engine: Engine) -> &'static [CallResult] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[RESPONSE, INTERRUPTED, PROTOCOL, CONNECT],
        (Phase::Accept, Engine::Ureq) => &[RESPONSE, INTERRUPTED, CONNECT],
        _ => &[RESPONSE, INTERRUPTED],
    }
}

pub(super) fn connect_error(_: Phase, _: Engine) -> &'static [CallResult] {
    &[CONNECT]
}

/// The connection is closed or reset before any byte of the response.
pub(super) fn lost(phase: Phase, _: Engine) -> &'static [CallResult] {
    match phase {
        Phase::Accept => &[INTERRUPTED, CONNECT],
        _ => &[INTERRUPTED],
    }
}

/// The connection is interrupted after a part of the response.
pub(super) fn truncated(phase: Phase, engine: Engine) -> &'static [CallResult] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[INTERRUPTED, PROTOCOL, CONNECT],
        _ => &[INTERRUPTED],
    }
}

pub(super) fn timeout(_: Phase, _: Engine) -> &'static [CallResult] {
    &[TIMEOUT]
}

/// The time limit is reached after a part of the response.
pub(super) fn timeout_in_response(phase: Phase, engine: Engine) -> &'static [CallResult] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[TIMEOUT, INTERRUPTED, PROTOCOL, CONNECT],
        _ => &[TIMEOUT],
    }
}

pub(super) fn protocol_error(phase: Phase, engine: Engine) -> &'static [CallResult] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[PROTOCOL, INTERRUPTED, CONNECT],
        _ => &[PROTOCOL],
    }
}

/// Hyper skips interim responses without a limit; ureq counts them as one head, which is then too long.
pub(super) fn interim(phase: Phase, engine: Engine) -> &'static [CallResult] {
    match (phase, engine) {
        (Phase::Accept, Engine::Hyper) => &[TIMEOUT, INTERRUPTED, PROTOCOL, CONNECT],
        (Phase::Head | Phase::Request, Engine::Hyper) => &[TIMEOUT],
        _ => &[PROTOCOL],
    }
}

/// Hyper rejects trailers beyond 16 KiB; ureq reads them without a limit.
pub(super) fn trailers(phase: Phase, engine: Engine) -> &'static [CallResult] {
    match engine {
        Engine::Hyper => protocol_error(phase, engine),
        Engine::Ureq => &[TIMEOUT],
    }
}
