//! The command `invoke`: a real HTTP exchange with the fake endpoint.

use serde::{Deserialize, Serialize};

use super::{Credentials, Invocation, Outcome, Scheme};

/// What is to be invoked, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvokeInput {
    /// The API revision, e.g. `2021-04-06`.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// `http://127.0.0.1:PORT`.
    pub endpoint: String,
    /// Whose request it is.
    pub credentials: Credentials,
    /// How long the whole exchange may take, in milliseconds.
    pub timeout_ms: u64,
    /// The retry policy; without it the implementation does what it does by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<Retry>,
    /// The invocation.
    pub input: Invocation,
}

/// A caller's retry policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// Attempts in all, the first one included.
    pub max_attempts: u32,
    /// Whether the function may safely run twice.
    pub idempotent: bool,
}

/// What the implementation made of the exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InvokeOutput {
    /// The outcome.
    pub outcome: Outcome,
}

impl InvokeOutput {
    /// An answer with this outcome.
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome }
    }
}
