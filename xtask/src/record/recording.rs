//! A file of `fixtures/recorded/requests`: the calls of one SDK and the requests that it sent.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recording {
    schema: u8,
    pub(super) source: String,
    pub(super) sdk: String,
    pub(super) requests: Vec<Request>,
}

impl Recording {
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
        serde_json::from_str(&text).map_err(|error| format!("{shown}: {error}"))
    }

    /// The content of the file.
    pub(super) fn text(&self) -> Result<String, String> {
        let text =
            serde_json::to_string_pretty(self).map_err(|error| format!("{}: {error}", self.sdk))?;
        Ok(text + "\n")
    }
}

/// A call and the request that the SDK sent for it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    pub(super) case: String,
    pub(super) call: Call,
    pub(super) credentials: RecordedCredentials,
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<Pair>,
    /// None for a large body; its length and digest are kept instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_b64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_sha256: Option<String>,
    pub(super) scheme: String,
    plain_rule: bool,
    verifies: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// A header, query pair or the like; `["name", "value"]` in JSON.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Pair(pub(super) String, pub(super) String);

impl Pair {
    pub(super) fn is(&self, name: &str) -> bool {
        self.0.eq_ignore_ascii_case(name)
    }
}

/// The first value under a name, compared without case.
pub(super) fn value<'a>(headers: &'a [Pair], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|header| header.is(name))
        .map(|header| header.1.as_str())
}

/// The arguments of the call, in the words of the recorder scripts.
#[derive(Serialize, Deserialize)]
pub(super) struct Call {
    op: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qualifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<Vec<Pair>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invocation_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stateful_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stateful_enable: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fc_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Vec<Pair>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_as: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_b64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_ref: Option<BodyReference>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct BodyReference {
    length: u64,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    generator: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct RecordedCredentials {
    access_key_id: String,
    access_key_secret: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    security_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bearer_token: Option<String>,
}
