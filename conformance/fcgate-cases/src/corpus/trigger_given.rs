//! The `given` object of a `trigger` case: the input of the command and the answer of the function.

use serde::{Deserialize, Serialize};

use fcgate_protocol::{Credentials, HeaderList, Scheme, TriggerAuth, TriggerInput, base64_bytes};

use super::answer::Answer;

/// The input of a `trigger` case without the endpoint, and the answer that the endpoint plays.
///
/// The runner adds the address of the endpoint. The subject never receives the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerGiven {
    /// The signature scheme.
    pub scheme: Scheme,
    /// The method.
    pub method: String,
    /// Path and query in wire form.
    pub target: String,
    /// The headers of the caller.
    #[serde(default, skip_serializing_if = "HeaderList::is_empty")]
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
    /// The credentials that sign the request.
    pub credentials: Credentials,
    /// How the call is authenticated; `None` if it is signed by `scheme`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<TriggerAuth>,
    /// The time limit of the whole exchange in milliseconds.
    pub timeout_ms: u64,
    /// The answer to every request.
    pub answer: Answer,
}

impl TriggerGiven {
    /// Returns the input of the command for an endpoint.
    pub fn input(&self, endpoint: &str) -> TriggerInput {
        TriggerInput {
            scheme: self.scheme,
            method: self.method.clone(),
            url: format!("{endpoint}{}", self.target),
            headers: self.headers.clone(),
            body: self.body.clone(),
            credentials: self.credentials.clone(),
            auth: self.auth.clone(),
            timeout_ms: self.timeout_ms,
        }
    }
}
