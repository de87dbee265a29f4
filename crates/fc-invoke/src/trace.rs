//! The span and the events of an invocation, with the feature `tracing`. Their names and fields are public API; the
//! documentation of this crate lists them.

#[cfg(not(feature = "tracing"))]
mod disabled {
    use crate::{AttemptRecord, InvocationRecord, InvokeFunctionInput};

    pub(crate) struct Trace;

    #[expect(
        clippy::unused_self,
        reason = "the calls are the same with the feature"
    )]
    impl Trace {
        pub(crate) const IS_ENABLED: bool = false;

        pub(crate) fn begin(_: &InvokeFunctionInput) -> Self {
            Self
        }

        pub(crate) fn attempt_ended(&self, _: &AttemptRecord<'_>) {}

        pub(crate) fn invocation_ended(&self, _: &InvocationRecord<'_>) {}
    }
}

#[cfg(feature = "tracing")]
mod enabled {
    use std::time::Duration;

    use fc_transport::TransportErrorKind;
    use tracing::{Span, debug, info_span, warn};

    use crate::{AttemptRecord, InvocationRecord, InvokeFunctionInput};

    pub(crate) struct Trace(Span);

    impl Trace {
        pub(crate) const IS_ENABLED: bool = true;

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

        pub(crate) fn attempt_ended(&self, record: &AttemptRecord<'_>) {
            let Some(backoff) = record.retry else {
                return;
            };
            warn!(
                target: "fc_invoke",
                parent: &self.0,
                attempt = record.attempt,
                status = record.status.map(|status| status.as_u16()),
                error = record.error.map(TransportErrorKind::slug),
                request_id = record.request_id,
                latency_ms = millis(record.latency),
                wait_ms_from = millis(backoff.shortest()),
                wait_ms_to = millis(backoff.longest()),
                "the attempt is retried"
            );
        }

        pub(crate) fn invocation_ended(&self, record: &InvocationRecord<'_>) {
            debug!(
                target: "fc_invoke",
                parent: &self.0,
                attempt = record.attempts,
                status = record.status.map(|status| status.as_u16()),
                error = record.error.map(TransportErrorKind::slug),
                request_id = record.request_id,
                latency_ms = millis(record.latency),
                kind = record.result.as_str(),
                "the invocation is complete"
            );
        }
    }

    fn millis(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) use disabled::Trace;
#[cfg(feature = "tracing")]
pub(crate) use enabled::Trace;
