//! The command `parse`: parses a raw response into its outcome.

use serde::{Deserialize, Serialize};

use super::{HeaderList, Outcome, base64_bytes};

/// The input of `parse`: a complete response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParseInput {
    /// The status code.
    pub status: u16,
    /// The headers in wire order.
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
    /// The invocation type of the request: `Sync` or `Async`.
    pub invocation_type: String,
}

/// The output of `parse`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ParseOutput {
    /// The outcome.
    pub outcome: Outcome,
}

impl ParseOutput {
    /// Creates an output from an outcome.
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome }
    }
}
