//! The outcome of an invocation: one object, whatever an implementation returns or raises.

use serde::{Deserialize, Serialize};

use super::base64_bytes;

/// What became of an invocation; fields that an implementation does not expose are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// Which of the six kinds.
    pub kind: OutcomeKind,
    /// The status code of the response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The payload, byte for byte.
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
    /// What the base64 of the log header decodes to.
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
    /// The memory in MB, as the exact decimal text.
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
    /// The task id of an acceptance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stateful_async_invocation_id: Option<String>,
    /// The service's error code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The service's error message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Why no outcome can be told from a response.
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
    /// 200 without an error type.
    Completed,
    /// 202.
    Accepted,
    /// The function failed, whatever the status.
    FunctionError,
    /// The service refused or failed.
    ServiceError,
    /// The response breaks the protocol.
    BadResponse,
    /// No complete response.
    TransportError,
}

/// The class of a transport error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransportClass {
    /// No connection.
    Connect,
    /// The time limit passed.
    Timeout,
    /// The response ended early.
    Truncated,
    /// Not HTTP, or contradictory framing.
    Malformed,
    /// Anything else.
    Other,
}

impl Outcome {
    /// An outcome of this kind with no other field.
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
            code: None,
            message: None,
            reason: None,
            class: None,
        }
    }
}
