//! What came of one fault in one phase.

use std::time::Duration;

use bytes::Bytes;
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

use super::fault::Fault;
use super::phase::Phase;
use crate::backends::Subject;

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// With the whole answer.
    Answer,
    /// With something else that was taken for an answer.
    FalseAnswer,
    Error(TransportErrorKind),
    Panic,
    Hang,
    /// There is no such fault in that phase.
    NotApplicable,
}

impl Came {
    pub(super) fn of(result: &Result<Response<Bytes>, TransportError>) -> Self {
        match result {
            Ok(response) if response.status() == 200 && response.body() == "0123456789" => {
                Self::Answer
            }
            Ok(_) => Self::FalseAnswer,
            Err(error) => Self::Error(error.kind()),
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Answer => "ok",
            Self::FalseAnswer => "FALSE",
            Self::Error(kind) => kind.slug(),
            Self::Panic => "PANIC",
            Self::Hang => "HANG",
            Self::NotApplicable => "n/a",
        }
    }
}

/// What was seen of a call.
pub(super) struct Tried {
    came: Came,
    overrun: Duration,
    invocations: usize,
    error: String,
}

impl Tried {
    pub(super) fn new(came: Came, overrun: Duration, invocations: usize) -> Self {
        Self {
            came,
            overrun,
            invocations,
            error: String::new(),
        }
    }

    /// With the error, as it is shown where it was not expected.
    pub(super) fn error(mut self, error: Option<&TransportError>) -> Self {
        self.error = error
            .map(|error| format!(", {error:?}"))
            .unwrap_or_default();
        self
    }

    pub(super) fn not_applicable() -> Self {
        Self::new(Came::NotApplicable, Duration::ZERO, 0)
    }
}

/// One cell of the table.
pub(crate) struct Cell {
    pub(super) backend: &'static str,
    pub(super) fault: &'static str,
    pub(super) phase: Phase,
    pub(super) came: Came,
    pub(super) expected: &'static [Came],
    pub(super) invocations: usize,
    pub(super) overrun: Duration,
    error: String,
}

impl Cell {
    pub(super) fn new<S: Subject>(fault: &Fault, phase: Phase, tried: &Tried) -> Self {
        Self {
            backend: S::NAME,
            fault: fault.title,
            phase,
            came: tried.came,
            expected: (fault.expected)(phase, S::ENGINE),
            invocations: tried.invocations,
            overrun: tried.overrun,
            error: tried.error.clone(),
        }
    }

    pub(super) fn place(&self) -> String {
        format!("{}: {}, {}", self.backend, self.fault, self.phase.title())
    }

    /// What is wrong with it.
    pub(crate) fn fault(&self) -> Option<String> {
        let place = self.place();
        if self.invocations > 1 {
            return Some(format!("{place}: {} invocations", self.invocations));
        }
        let denies = matches!(self.came, Came::Error(kind) if !kind.may_have_been_sent());
        if denies && self.invocations > 0 {
            return Some(format!("{place}: it ran, and the error denies it"));
        }
        if self.came == Came::NotApplicable || self.expected.contains(&self.came) {
            return None;
        }
        let expected: Vec<_> = self.expected.iter().map(|came| came.word()).collect();
        let (expected, came) = (expected.join(" or "), self.came.word());
        let error = &self.error;
        Some(format!("{place}: expected {expected}, came {came}{error}"))
    }
}
