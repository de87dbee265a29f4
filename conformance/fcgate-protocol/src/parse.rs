//! The command `parse`: a raw response to its outcome.

use serde::{Deserialize, Serialize};

use super::{HeaderList, Outcome, base64_bytes};

/// A complete response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParseInput {
    /// The status code.
    pub status: u16,
    /// The headers in wire order.
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
    /// How the function was invoked: `Sync` or `Async`.
    pub invocation_type: String,
}

/// What the implementation makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ParseOutput {
    /// The outcome.
    pub outcome: Outcome,
}

impl ParseOutput {
    /// An answer with this outcome.
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome }
    }
}
