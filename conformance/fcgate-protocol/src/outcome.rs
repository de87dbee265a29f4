//! The outcome of an invocation, the same object for every way in which an implementation reports it.

use serde::{Deserialize, Serialize};

use super::base64_bytes;

/// The outcome of an invocation. A field that an implementation does not expose is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// The kind of outcome.
    pub kind: OutcomeKind,
    /// The status code of the response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The exact bytes of the payload.
    #[serde(
        rename = "payload_b64",
        default,
        skip_serializing_if = "Option::is_none",
        with = "base64_bytes::optional"
    )]
    pub payload: Option<Vec<u8>>,
    /// The request id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The function error type, compared without case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_type: Option<String>,
    /// The decoded value of the log header.
    #[serde(
        rename = "log_tail_b64",
        default,
        skip_serializing_if = "Option::is_none",
        with = "base64_bytes::optional"
    )]
    pub log_tail: Option<Vec<u8>>,
    /// The duration in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// The memory in MB, as the decimal text of the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_memory_mb: Option<String>,
    /// The code checksum, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_checksum: Option<String>,
    /// The instance id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// The service version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_version: Option<String>,
    /// The task id of an accepted invocation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stateful_async_invocation_id: Option<String>,
    /// The session id that the response has for the affinity of the invocation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// The service's error code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The service's error message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Why the response is invalid, for a `bad_response`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The class of a transport error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<TransportClass>,
}

/// The six kinds of outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// Status 200 without a function error type.
    Completed,
    /// Status 202.
    Accepted,
    /// The response has a function error type, with any status.
    FunctionError,
    /// The service rejected the request or failed.
    ServiceError,
    /// The response violates the protocol.
    BadResponse,
    /// The client received no complete response.
    TransportError,
}

/// The class of a transport error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransportClass {
    /// The client could not connect.
    Connect,
    /// The time limit passed.
    Timeout,
    /// The connection ended before the response was complete.
    Truncated,
    /// The response is not HTTP, or its framing is contradictory.
    Malformed,
    /// Any other error.
    Other,
}

impl Outcome {
    /// Creates an outcome of this kind with no other field set.
    pub fn new(kind: OutcomeKind) -> Self {
        Self {
            kind,
            status: None,
            payload: None,
            request_id: None,
            log_tail: None,
            duration_ms: None,
            max_memory_mb: None,
            code_checksum: None,
            instance_id: None,
            service_version: None,
            error_type: None,
            stateful_async_invocation_id: None,
            session_id: None,
            code: None,
            message: None,
            reason: None,
            class: None,
        }
    }
}
