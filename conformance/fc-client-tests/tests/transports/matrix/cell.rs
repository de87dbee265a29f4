//! The result of one fault in one phase.

use std::time::Duration;

use bytes::Bytes;
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

use super::fault::Fault;
use super::phase::Phase;
use crate::backends::Subject;

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallResult {
    /// With the complete response.
    Answer,
    /// With a wrong response.
    FalseAnswer,
    Error(TransportErrorKind),
    Panic,
    Hang,
    /// The fault cannot occur in this phase.
    NotApplicable,
}

impl CallResult {
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

/// The observations of a call.
pub(super) struct Observation {
    result: CallResult,
    overrun: Duration,
    invocations: usize,
    error: String,
}

impl Observation {
    pub(super) fn new(result: CallResult, overrun: Duration, invocations: usize) -> Self {
        Self {
            result,
            overrun,
            invocations,
            error: String::new(),
        }
    }

    /// Adds the error, which is shown if it was not expected.
    pub(super) fn error(mut self, error: Option<&TransportError>) -> Self {
        self.error = error
            .map(|error| format!(", {error:?}"))
            .unwrap_or_default();
        self
    }

    pub(super) fn not_applicable() -> Self {
        Self::new(CallResult::NotApplicable, Duration::ZERO, 0)
    }
}

/// One cell of the table.
pub(crate) struct Cell {
    pub(super) backend: &'static str,
    pub(super) fault: &'static str,
    pub(super) phase: Phase,
    pub(super) result: CallResult,
    pub(super) expected: &'static [CallResult],
    pub(super) invocations: usize,
    pub(super) overrun: Duration,
    error: String,
}

impl Cell {
    pub(super) fn new<S: Subject>(fault: &Fault, phase: Phase, observation: &Observation) -> Self {
        Self {
            backend: S::NAME,
            fault: fault.title,
            phase,
            result: observation.result,
            expected: (fault.expected)(phase, S::ENGINE),
            invocations: observation.invocations,
            overrun: observation.overrun,
            error: observation.error.clone(),
        }
    }

    pub(super) fn place(&self) -> String {
        format!("{}: {}, {}", self.backend, self.fault, self.phase.title())
    }

    /// The difference to the expected result.
    pub(crate) fn fault(&self) -> Option<String> {
        let place = self.place();
        if self.invocations > 1 {
            return Some(format!("{place}: {} invocations", self.invocations));
        }
        let denies = matches!(self.result, CallResult::Error(kind) if !kind.may_have_been_sent());
        if denies && self.invocations > 0 {
            return Some(format!(
                "{place}: the request arrived, but the error says that it was not sent"
            ));
        }
        if self.result == CallResult::NotApplicable || self.expected.contains(&self.result) {
            return None;
        }
        let expected: Vec<_> = self.expected.iter().map(|result| result.word()).collect();
        let (expected, result) = (expected.join(" or "), self.result.word());
        let error = &self.error;
        Some(format!("{place}: expected {expected}, got {result}{error}"))
    }
}
