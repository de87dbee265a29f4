//! The hook for metrics: what a client reports about attempts and invocations.

use std::fmt;
use std::time::Duration;

use fc_transport::TransportErrorKind;
use http::StatusCode;

use crate::{Backoff, Target};

/// Observes what a client does, for example to count attempts, latencies and outcomes.
///
/// The client calls it on the task or the thread of the invocation, so a method must not block. It receives no
/// payload, no header except the request id, and no secret. The feature `tracing` of this crate records the same
/// facts as events.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use std::time::Duration;
///
/// use fc_invoke::{AttemptRecord, InvocationObserver, InvocationRecord, InvocationResult};
///
/// /// Counters, for example of the crate `metrics` or of a Prometheus client.
/// #[derive(Default)]
/// struct Counters {
///     attempts: AtomicU64,
///     failures: AtomicU64,
///     milliseconds: AtomicU64,
/// }
///
/// impl InvocationObserver for Counters {
///     fn attempt_ended(&self, _: &AttemptRecord<'_>) {
///         self.attempts.fetch_add(1, Ordering::Relaxed);
///     }
///
///     fn invocation_ended(&self, invocation: &InvocationRecord<'_>) {
///         if !matches!(invocation.result, InvocationResult::Completed | InvocationResult::Accepted) {
///             self.failures.fetch_add(1, Ordering::Relaxed);
///         }
///         let latency = u64::try_from(invocation.latency.as_millis()).unwrap_or(u64::MAX);
///         self.milliseconds.fetch_add(latency, Ordering::Relaxed);
///     }
/// }
/// ```
pub trait InvocationObserver: Send + Sync {
    /// An attempt ended: with a response, with a transport error, or because the deadline passed.
    fn attempt_ended(&self, attempt: &AttemptRecord<'_>) {
        let _ = attempt;
    }

    /// An invocation ended, or its future was dropped.
    fn invocation_ended(&self, invocation: &InvocationRecord<'_>) {
        let _ = invocation;
    }
}

/// An attempt that ended.
#[non_exhaustive]
#[derive(Debug, Clone, Copy)]
pub struct AttemptRecord<'a> {
    /// The function.
    pub target: &'a Target,
    /// The number of the attempt, counted from 1.
    pub attempt: u32,
    /// The time from the signed request to the whole response, or to the head of a streamed one.
    pub latency: Duration,
    /// The status of the response.
    pub status: Option<StatusCode>,
    /// The kind of the transport error.
    pub error: Option<TransportErrorKind>,
    /// The request id in the header of the response.
    pub request_id: Option<&'a str>,
    /// The wait before the next attempt, if this one is retried.
    pub retry: Option<Backoff>,
}

/// An invocation that ended.
#[non_exhaustive]
#[derive(Debug, Clone, Copy)]
pub struct InvocationRecord<'a> {
    /// The function.
    pub target: &'a Target,
    /// The number of attempts that were started.
    pub attempts: u32,
    /// The time of the whole invocation, with the waits between its attempts.
    pub latency: Duration,
    /// The result.
    pub result: InvocationResult,
    /// The status of the last response.
    pub status: Option<StatusCode>,
    /// The kind of the transport error that ended the invocation.
    pub error: Option<TransportErrorKind>,
    /// The request id of the last response.
    pub request_id: Option<&'a str>,
}

/// The result of an invocation, as a label of a metric.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvocationResult {
    /// The function succeeded.
    Completed,
    /// The service accepted an asynchronous invocation.
    Accepted,
    /// The function failed.
    FunctionFailed,
    /// The service or a proxy rejected the request.
    Rejected,
    /// The client cannot send this input.
    Input,
    /// The provider returned no credentials.
    Credentials,
    /// The request could not be signed.
    Sign,
    /// There was no complete response.
    Transport,
    /// The response is not one of this operation.
    Response,
    /// The service refused the request because of its time.
    ClockSkew,
    /// The deadline passed.
    Deadline,
    /// The future of the invocation was dropped.
    Dropped,
}

impl InvocationResult {
    /// The stable lower-case word of the result, such as `function-failed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Accepted => "accepted",
            Self::FunctionFailed => "function-failed",
            Self::Rejected => "rejected",
            Self::Input => "input",
            Self::Credentials => "credentials",
            Self::Sign => "sign",
            Self::Transport => "transport",
            Self::Response => "response",
            Self::ClockSkew => "clock-skew",
            Self::Deadline => "deadline",
            Self::Dropped => "dropped",
        }
    }
}

impl fmt::Display for InvocationResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
