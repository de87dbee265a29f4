//! The command `invoke`: an HTTP exchange with the gate's fake endpoint.

use serde::{Deserialize, Serialize};

use super::{Credentials, Invocation, Outcome, Scheme};

/// The input of `invoke`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvokeInput {
    /// The API revision, e.g. `2021-04-06`.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// The address of the fake endpoint, `http://127.0.0.1:PORT`.
    pub endpoint: String,
    /// The credentials that sign the request.
    pub credentials: Credentials,
    /// The time limit of the whole exchange in milliseconds.
    pub timeout_ms: u64,
    /// The retry policy. Without one the implementation uses its default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<Retry>,
    /// The invocation.
    pub input: Invocation,
}

/// A caller's retry policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// The number of attempts, including the first one.
    pub max_attempts: u32,
    /// Whether the function may run more than once.
    pub idempotent: bool,
}

/// The output of `invoke`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InvokeOutput {
    /// The outcome.
    pub outcome: Outcome,
}

impl InvokeOutput {
    /// Creates an output from an outcome.
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome }
    }
}
