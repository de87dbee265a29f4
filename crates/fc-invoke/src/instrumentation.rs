//! The spans and events of an invocation, with the feature `tracing`.
//!
//! The target is `fc_invoke`. Each invocation is a span `invoke_function` with the fields `revision`,
//! `invocation_type` and `payload_bytes`. Each attempt is an event in it, with `attempt`, `status` or the first word
//! of the transport error as `error`, and `request_id`. The last event has the `kind` of the outcome or of the error;
//! an event before a retry has `wait_ms_from` and `wait_ms_to`. No header, payload, name, key or error text is
//! recorded. Without the feature nothing is recorded.

#[cfg(not(feature = "tracing"))]
mod backend {
    use bytes::Bytes;
    use fc_transport::TransportError;
    use http::Response;

    use crate::{InvokeFunctionInput, Next};

    pub(crate) struct Invocation;
    pub(crate) struct AttemptResult;

    impl AttemptResult {
        pub(crate) fn new(_: u32, _: &Result<Response<Bytes>, TransportError>) -> Self {
            Self
        }
    }

    #[expect(
        clippy::unused_self,
        reason = "the calls are the same with the feature"
    )]
    impl Invocation {
        pub(crate) fn begin(_: &InvokeFunctionInput) -> Self {
            Self
        }

        pub(crate) fn attempt_ended(&self, _: &AttemptResult, _: &Next) {}
    }
}

#[cfg(feature = "tracing")]
mod backend {
    use bytes::Bytes;
    use fc_response::{Metadata, Outcome, OutcomeKind};
    use fc_transport::TransportError;
    use http::Response;
    use tracing::{Span, debug, info_span, warn};

    use crate::{InvokeError, InvokeErrorKind, InvokeFunctionInput, Next};

    pub(crate) struct Invocation(Span);

    /// The recorded parts of an attempt's result.
    pub(crate) struct AttemptResult {
        attempt: u32,
        status: Option<u16>,
        error: Option<&'static str>,
        request_id: Option<String>,
    }

    impl AttemptResult {
        pub(crate) fn new(attempt: u32, result: &Result<Response<Bytes>, TransportError>) -> Self {
            let response = result.as_ref().ok();
            let id = response.and_then(|it| Metadata::new(it.headers()).request_id());
            Self {
                attempt,
                status: response.map(|it| it.status().as_u16()),
                error: result.as_ref().err().map(|error| error.kind().slug()),
                request_id: id.map(str::to_owned),
            }
        }
    }

    impl Invocation {
        pub(crate) fn begin(input: &InvokeFunctionInput) -> Self {
            let invocation_type = input.invocation_type().unwrap_or_default();
            Self(info_span!(
                target: "fc_invoke",
                "invoke_function",
                revision = input.target().revision().as_str(),
                invocation_type = ?invocation_type,
                payload_bytes = input.payload().len(),
            ))
        }

        pub(crate) fn attempt_ended(&self, result: &AttemptResult, next: &Next) {
            let AttemptResult {
                attempt,
                status,
                error,
                request_id,
            } = result;
            match next {
                Next::Done(done) => debug!(
                    target: "fc_invoke",
                    parent: &self.0,
                    attempt,
                    status,
                    error,
                    request_id,
                    kind = kind(done),
                    "the invocation is complete"
                ),
                Next::Retry(_, backoff) => warn!(
                    target: "fc_invoke",
                    parent: &self.0,
                    attempt,
                    status,
                    error,
                    request_id,
                    wait_ms_from = millis(backoff.shortest()),
                    wait_ms_to = millis(backoff.longest()),
                    "the attempt is retried"
                ),
            }
        }
    }

    fn kind(done: &Result<Outcome, InvokeError>) -> &'static str {
        match done.as_ref().map(Outcome::kind).map_err(InvokeError::kind) {
            Ok(OutcomeKind::Completed) => "completed",
            Ok(OutcomeKind::Accepted) => "accepted",
            Ok(OutcomeKind::FunctionFailed) => "function-failed",
            Ok(OutcomeKind::Rejected) => "rejected",
            Err(InvokeErrorKind::Transport(_)) => "transport",
            Err(InvokeErrorKind::Response(_)) => "response",
            Err(InvokeErrorKind::ClockSkew(_)) => "clock-skew",
            Err(_) => "not-sent",
        }
    }

    fn millis(time: std::time::Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

pub(crate) use backend::{AttemptResult, Invocation};
