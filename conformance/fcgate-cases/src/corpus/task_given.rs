//! The `given` object of a `task` case: the input of the command and the answers of the endpoint.

use serde::{Deserialize, Serialize};

use fcgate_protocol::{Credentials, Scheme, TaskInput, TaskRequest};

use super::answer::Answer;

/// The input of a `task` case without the endpoint, and the answers that the endpoint plays.
///
/// The runner adds the address of the endpoint. The subject never receives the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskGiven {
    /// The API revision.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// The credentials that sign the request.
    pub credentials: Credentials,
    /// The time limit of the whole call in milliseconds.
    pub timeout_ms: u64,
    /// The operation.
    pub request: TaskRequest,
    /// The answers to the first request, the second request and so on. The last answer is repeated.
    pub answers: Vec<Answer>,
}

impl TaskGiven {
    /// Returns the input of the command for an endpoint.
    pub fn input(&self, endpoint: &str) -> TaskInput {
        TaskInput {
            revision: self.revision.clone(),
            scheme: self.scheme,
            endpoint: endpoint.to_owned(),
            credentials: self.credentials.clone(),
            timeout_ms: self.timeout_ms,
            request: self.request.clone(),
        }
    }
}
