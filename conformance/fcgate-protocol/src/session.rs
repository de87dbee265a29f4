//! The session affinity of an invocation: `session` of `INPUT` in the protocol specification.

use serde::{Deserialize, Serialize};

/// How an invocation belongs to a session of Function Compute 3.0. Without an id the service starts a new session.
///
/// Names and ids are strings here, because cases contain values that an implementation must reject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Session {
    /// The id is in a header whose name the owner of the function chose.
    Header {
        /// The name of the header.
        name: String,
        /// The id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// The id is in the cookie [`COOKIE`](Self::COOKIE).
    Cookie {
        /// The id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
}

impl Session {
    /// The name of the cookie with a session id.
    pub const COOKIE: &str = "x-fc-cookie-session-id";

    /// The id that the caller set.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Header { id, .. } | Self::Cookie { id } => id.as_deref(),
        }
    }
}
