//! The expectations of a case.

use serde::{Deserialize, Serialize};

use fcgate_protocol::{HeaderList, Outcome, RefusalClass, Stages, Task, base64_bytes, pairs};

use super::answer::Repeated;

/// Headers that must be present with a value, and headers that must be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedHeaders {
    /// Names with their single value. Names are compared without case.
    #[serde(default, skip_serializing_if = "HeaderList::is_empty")]
    pub present: HeaderList,
    /// Names that must be absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
}

/// The expectation of a `sign` case: a refusal, or any of the other fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignExpectation {
    /// The class of the refusal; then nothing else is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalClass>,
    /// The intermediate texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stages: Option<Stages>,
    /// The value of the added `Authorization`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization: Option<String>,
    /// The signed URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The headers that the signer added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<ExpectedHeaders>,
    /// Whether the oracle accepts the signed request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verifies: Option<bool>,
}

/// The expectation of a `build` case: a refusal, or any of the other fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildExpectation {
    /// The class of the refusal; then nothing else is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalClass>,
    /// The method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The path. Equivalent percent-encodings of a segment are equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The decoded query pairs, in any order.
    #[serde(
        default,
        deserialize_with = "pairs::deserialize_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub query: Option<Vec<(String, String)>>,
    /// The headers of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<ExpectedHeaders>,
    /// The body as base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_b64: Option<String>,
    /// Whether the oracle accepts the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verifies: Option<bool>,
    /// Headers that a value of the input tries to add; then nothing else is expected, and the input may be refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_injected: Vec<String>,
}

/// The expectation of a `parse` case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParseExpectation {
    /// The outcome; every field that is there is a check.
    pub outcome: Outcome,
    /// The fields that must be missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
}

/// The expectation of an `invoke` case: outcome and number of requests, or headers that must not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvokeExpectation {
    /// The outcome; every field that is there is a check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Box<Outcome>>,
    /// The fields that must be missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// The payload of the outcome, if it is too long for the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload_repeat: Option<Box<Repeated>>,
    /// The number of requests that the endpoint receives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests: Option<u32>,
    /// Headers that a value of the input tries to add; then nothing else is expected, and the input may be refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_injected: Vec<String>,
}

/// The expectation of a `trigger` case. Method, target, headers and body of the request are those of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerExpectation {
    /// The response that the caller sees; `None` if there is no complete one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<ExpectedResponse>,
    /// The number of requests that the endpoint receives.
    pub requests: u32,
}

/// The response of an HTTP trigger that the caller sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedResponse {
    /// The status code.
    pub status: u16,
    /// Headers that must be among those of the response.
    #[serde(default, skip_serializing_if = "HeaderList::is_empty")]
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "base64_bytes")]
    pub body: Vec<u8>,
}

/// The expectation of a `task` case. Method, path and query of the request follow from the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskExpectation {
    /// The outcome; every field that is there is a check.
    pub outcome: Box<Outcome>,
    /// The fields of the outcome that must be missing, or `task`, `tasks`, `next_token`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// The task of `get` and `wait`; every field that is there is a check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Box<Task>>,
    /// The tasks of `list`; every field that one of them has is a check of all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<Task>>,
    /// The token of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// The number of requests that the endpoint receives.
    pub requests: u32,
}
