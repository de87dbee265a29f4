//! What a case expects of the answer.

use serde::{Deserialize, Serialize};

use fcgate_protocol::{HeaderList, Outcome, RefusalClass, Stages};

/// Headers that must be there with a value, and headers that must not be there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedHeaders {
    /// Names with the one value they have; names compare without case.
    #[serde(default, skip_serializing_if = "HeaderList::is_empty")]
    pub present: HeaderList,
    /// Names that are not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
}

/// Expected of `sign`: a refusal, or any of the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignExpectation {
    /// The class of the refusal; then nothing else is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalClass>,
    /// The texts on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stages: Option<Stages>,
    /// The value of the added `Authorization`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization: Option<String>,
    /// The whole signed URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The headers that the signing added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<ExpectedHeaders>,
    /// The oracle accepts the signed request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verifies: Option<bool>,
}

/// Expected of `build`: a refusal, or any of the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildExpectation {
    /// The class of the refusal; then nothing else is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalClass>,
    /// The method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The path; percent escapes of one segment may be spelled in any way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The decoded query pairs, in any order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Vec<(String, String)>>,
    /// The headers of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<ExpectedHeaders>,
    /// The body, base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_b64: Option<String>,
    /// The oracle accepts the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verifies: Option<bool>,
}

/// Expected of `parse`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParseExpectation {
    /// The outcome; every field that is there is a check.
    pub outcome: Outcome,
    /// The fields that must be missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
}

/// Expected of `invoke`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvokeExpectation {
    /// The outcome; every field that is there is a check.
    pub outcome: Outcome,
    /// The fields that must be missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// How many requests reach the endpoint.
    pub requests: u32,
}
