//! The typed input of one invocation: `INPUT` in the protocol specification.

use serde::{Deserialize, Serialize};

use super::{HeaderList, Session, base64_bytes};

/// The fields of an invocation that a caller can set. An absent field is one that the caller did not set.
///
/// Types and ids are strings here, because cases contain values that an implementation must reject.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invocation {
    /// The service name; ignored on 2023-03-30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The function name.
    pub function: String,
    /// The version or alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<String>,
    /// `Sync` or `Async`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invocation_type: Option<String>,
    /// `None` or `Tail`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_type: Option<String>,
    /// The task id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stateful_async_invocation_id: Option<String>,
    /// Whether the task is stateful.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stateful_async_invocation_enable: Option<bool>,
    /// The account number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The caller's trace id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    /// The session that the invocation belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Box<Session>>,
    /// Additional headers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<HeaderList>,
    /// The payload (the function's event).
    #[serde(
        rename = "payload_b64",
        default,
        skip_serializing_if = "Option::is_none",
        with = "base64_bytes::optional"
    )]
    pub payload: Option<Vec<u8>>,
}

impl Invocation {
    /// Creates an invocation of a function with no other field set.
    pub fn new(function: impl Into<String>) -> Self {
        Self {
            function: function.into(),
            ..Self::default()
        }
    }
}
