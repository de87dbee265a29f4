//! A finished attempt of an invocation, and whether another one follows it.

use std::time::Duration;

use fcgate_protocol::TransportClass;

use crate::client::framing::Received;

/// A finished attempt.
#[derive(Clone, Copy)]
pub(crate) struct FinishedAttempt<'a> {
    /// The number of attempts so far, this one included.
    pub(crate) number: u32,
    /// The attempt limit.
    pub(crate) most: u32,
    /// Whether the caller declared the invocation idempotent.
    pub(crate) idempotent: bool,
    /// The wait that the response demands in `Retry-After`.
    pub(crate) pause: Duration,
    /// The rest of the time limit.
    pub(crate) left: Duration,
    /// The response, or the transport error.
    pub(crate) answer: &'a Result<Received, TransportClass>,
}

impl FinishedAttempt<'_> {
    /// Whether another attempt follows by the published rules. None starts after the time limit.
    ///
    /// This client does not wait for the pause, which changes nothing that the gate observes.
    pub(crate) fn is_followed(&self) -> bool {
        self.number < self.most
            && self.pause < self.left
            && (self.did_not_run() || self.idempotent && self.may_have_run())
    }

    fn did_not_run(&self) -> bool {
        match self.answer {
            Err(class) => *class == TransportClass::Connect,
            Ok(answer) => match answer.status {
                429 => true,
                400 | 503 if answer.has_error_code("\"Throttling") => true,
                503 => answer.has_error_code("ResourceThrottled"),
                _ => false,
            },
        }
    }

    /// Whether the function may have run.
    pub(crate) fn may_have_run(&self) -> bool {
        match self.answer {
            Err(class) => matches!(class, TransportClass::Truncated | TransportClass::Timeout),
            Ok(answer) => {
                let function = answer.headers.contains("x-fc-error-type");
                answer.status >= 500 && !function
            }
        }
    }
}
