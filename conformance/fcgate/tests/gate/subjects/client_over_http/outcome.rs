//! Converts the result of the client to an outcome of the adapter protocol.

use bytes::Bytes;
use fc_headers::InvocationDuration;
use fc_invoke::{InvokeError, InvokeErrorKind};
use fc_response::{Metadata, ServiceError};
use fc_transport::TransportErrorKind;
use fcgate_protocol::{Outcome, OutcomeKind, TransportClass};
use http::StatusCode;

pub(super) fn of(result: Result<fc_response::Outcome, InvokeError>) -> Outcome {
    match result {
        Ok(fc_response::Outcome::Completed(completed)) => {
            let outcome = with_status(OutcomeKind::Completed, completed.status());
            executed(outcome, &completed.metadata(), completed.payload())
        }
        Ok(fc_response::Outcome::FunctionFailed(error)) => {
            let mut outcome = with_status(OutcomeKind::FunctionError, error.status());
            let error_type = String::from_utf8_lossy(error.error_type().as_bytes()).into_owned();
            outcome.error_type = Some(error_type);
            executed(outcome, &error.metadata(), error.payload())
        }
        Ok(fc_response::Outcome::Accepted(accepted)) => {
            let mut outcome = with_status(OutcomeKind::Accepted, accepted.status());
            let metadata = accepted.metadata();
            outcome.request_id = metadata.request_id().map(str::to_owned);
            let id = metadata.stateful_async_invocation_id();
            outcome.stateful_async_invocation_id = id.ok().flatten().map(|id| id.to_string());
            outcome
        }
        Ok(fc_response::Outcome::Rejected(error)) => rejected(&error),
        Err(error) => match error.kind() {
            InvokeErrorKind::ClockSkew(skew) => rejected(skew.refusal()),
            InvokeErrorKind::Response(error) => {
                let mut outcome = with_status(OutcomeKind::BadResponse, error.status());
                outcome.reason = Some(error.to_string());
                outcome
            }
            InvokeErrorKind::Transport(error) => {
                let mut outcome = Outcome::new(OutcomeKind::TransportError);
                outcome.class = Some(class(error.kind()));
                outcome
            }
            _ => panic!("expected an error after sending, got {error}"),
        },
    }
}

fn with_status(kind: OutcomeKind, status: StatusCode) -> Outcome {
    let mut outcome = Outcome::new(kind);
    outcome.status = Some(status.as_u16());
    outcome
}

fn executed(mut outcome: Outcome, metadata: &Metadata<'_>, payload: &Bytes) -> Outcome {
    outcome.payload = Some(payload.to_vec());
    outcome.request_id = metadata.request_id().map(str::to_owned);
    outcome.instance_id = metadata.instance_id().map(|id| id.as_str().to_owned());
    outcome.service_version = metadata
        .service_version()
        .map(|version| version.as_str().to_owned());
    let tail = metadata.log_tail().ok().flatten();
    outcome.log_tail = tail.map(|tail| tail.as_bytes().to_vec());
    let duration = metadata.duration().ok().flatten();
    outcome.duration_ms = duration.map(InvocationDuration::as_millis);
    let memory = metadata.max_memory_usage().ok().flatten();
    outcome.max_memory_mb = memory.map(|memory| memory.as_str().to_owned());
    let checksum = metadata.code_checksum().ok().flatten();
    outcome.code_checksum = checksum.map(|checksum| checksum.as_u64().to_string());
    outcome
}

fn rejected(error: &ServiceError) -> Outcome {
    let mut outcome = with_status(OutcomeKind::ServiceError, error.status());
    outcome.code = error.code().map(str::to_owned);
    outcome.message = error.message().map(str::to_owned);
    outcome.request_id = error.request_id().map(str::to_owned);
    outcome
}

fn class(kind: TransportErrorKind) -> TransportClass {
    match kind {
        TransportErrorKind::Connect => TransportClass::Connect,
        TransportErrorKind::Timeout => TransportClass::Timeout,
        TransportErrorKind::Interrupted => TransportClass::Truncated,
        TransportErrorKind::Protocol => TransportClass::Malformed,
        _ => TransportClass::Other,
    }
}
