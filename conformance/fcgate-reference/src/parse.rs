//! The command `parse`, implemented with `fc-response`.

use bytes::Bytes;
use fc_response::{Metadata, Outcome, ResponseError, ServiceError};
use http::{Response, StatusCode};

use super::wire::{self, Refused};
use fcgate_protocol::{self as protocol, OutcomeKind, ParseInput};

pub(super) fn parse(input: &ParseInput) -> protocol::Outcome {
    match response(input) {
        // The official SDKs report a 200 without a request id as a success, and the corpus demands it.
        Ok(response) => match Outcome::from_unidentified_response(response) {
            Ok(parsed) => outcome(parsed),
            Err(error) => bad_response(&error),
        },
        Err(refused) => {
            let mut outcome = protocol::Outcome::new(OutcomeKind::BadResponse);
            outcome.reason = Some(refused.to_string());
            outcome
        }
    }
}

fn response(input: &ParseInput) -> Result<Response<Bytes>, Refused> {
    let body = Bytes::copy_from_slice(&input.body);
    let mut response = Response::builder().status(input.status).body(body)?;
    *response.headers_mut() = wire::header_map(&input.headers)?;
    Ok(response)
}

/// Converts an outcome into the type of the protocol.
pub(super) fn outcome(outcome: Outcome) -> protocol::Outcome {
    match outcome {
        Outcome::Completed(completed) => {
            let outcome = of(OutcomeKind::Completed, completed.status());
            executed(outcome, &completed.metadata(), completed.payload())
        }
        Outcome::FunctionFailed(error) => {
            let mut outcome = of(OutcomeKind::FunctionError, error.status());
            let error_type = String::from_utf8_lossy(error.error_type().as_bytes()).into_owned();
            outcome.error_type = Some(error_type);
            executed(outcome, &error.metadata(), error.payload())
        }
        Outcome::Accepted(accepted) => {
            let mut outcome = of(OutcomeKind::Accepted, accepted.status());
            let metadata = accepted.metadata();
            let id = metadata.stateful_async_invocation_id().ok().flatten();
            outcome.stateful_async_invocation_id = id.map(|id| id.to_string());
            outcome.request_id = text(metadata.request_id());
            outcome
        }
        Outcome::Rejected(error) => rejected(&error),
    }
}

/// Converts the error of an invalid response.
pub(super) fn bad_response(error: &ResponseError) -> protocol::Outcome {
    let mut outcome = of(OutcomeKind::BadResponse, error.status());
    outcome.reason = Some(error.to_string());
    outcome
}

fn of(kind: OutcomeKind, status: StatusCode) -> protocol::Outcome {
    let mut outcome = protocol::Outcome::new(kind);
    outcome.status = Some(status.as_u16());
    outcome
}

/// Adds the payload and the metadata of a function that ran. A header with an invalid value is omitted.
fn executed(
    mut outcome: protocol::Outcome,
    metadata: &Metadata<'_>,
    payload: &Bytes,
) -> protocol::Outcome {
    outcome.payload = Some(payload.to_vec());
    outcome.request_id = text(metadata.request_id());
    outcome.instance_id = text(metadata.instance_id().map(|id| id.as_str()));
    outcome.service_version = text(metadata.service_version().map(|version| version.as_str()));
    let log_tail = metadata.log_tail().ok().flatten();
    outcome.log_tail = log_tail.map(|tail| tail.as_bytes().to_vec());
    let duration = metadata.duration().ok().flatten();
    outcome.duration_ms = duration.map(fc_headers::InvocationDuration::as_millis);
    let memory = metadata.max_memory_usage().ok().flatten();
    outcome.max_memory_mb = text(memory.map(|memory| memory.as_str()));
    let checksum = metadata.code_checksum().ok().flatten();
    outcome.code_checksum = checksum.map(|checksum| checksum.as_u64().to_string());
    outcome
}

/// Converts an error of the service.
pub(super) fn rejected(error: &ServiceError) -> protocol::Outcome {
    let mut outcome = of(OutcomeKind::ServiceError, error.status());
    outcome.code = text(error.code());
    outcome.message = text(error.message());
    outcome.request_id = text(error.request_id());
    outcome
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}
