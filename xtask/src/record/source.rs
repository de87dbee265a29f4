//! The raw studies, as far as the fixtures need them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A header, query pair or the like; `["name", "value"]` in JSON.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Pair(pub(super) String, pub(super) String);

impl Pair {
    pub(super) fn new(name: &str, value: &str) -> Self {
        Self(name.to_owned(), value.to_owned())
    }

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

#[derive(Deserialize)]
pub(super) struct VectorStudy {
    pub(super) vectors: Vec<Vector>,
}

#[derive(Deserialize)]
pub(super) struct Vector {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) scheme: String,
    pub(super) kind: String,
    pub(super) verdict: String,
    pub(super) method: String,
    pub(super) host: String,
    pub(super) raw_target: String,
    pub(super) headers: Vec<Pair>,
    pub(super) body_base64: String,
    pub(super) access_key_id: String,
    pub(super) access_key_secret: String,
    pub(super) canonical_request: Option<String>,
    pub(super) string_to_sign: String,
    pub(super) signature: String,
    pub(super) authorization: Option<String>,
    pub(super) computed_by: Vec<String>,
    #[serde(default)]
    pub(super) sdk_outputs_that_differ: BTreeMap<String, DifferentOutput>,
    #[serde(default)]
    pub(super) per_sdk: Vec<SdkOutput>,
    pub(super) notes: String,
}

#[derive(Deserialize)]
pub(super) struct DifferentOutput {
    pub(super) signature: String,
    pub(super) string_to_sign: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct SdkOutput {
    pub(super) sdk: String,
    pub(super) signed_headers: String,
    pub(super) canonical_request: Option<String>,
    pub(super) string_to_sign: String,
    pub(super) signature: String,
    pub(super) authorization: String,
    pub(super) verifies: bool,
    pub(super) signature_a_server_expects: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RequestStudy {
    pub(super) records: Vec<RequestRecord>,
}

#[derive(Deserialize)]
pub(super) struct RequestRecord {
    pub(super) sdk: String,
    pub(super) sdk_version: String,
    pub(super) case: String,
    pub(super) call: Call,
    pub(super) credentials: Option<RecordedCredentials>,
    pub(super) method: Option<String>,
    pub(super) target: Option<String>,
    #[serde(default)]
    pub(super) headers: Option<Vec<Pair>>,
    pub(super) body_base64: Option<String>,
    pub(super) body_ref: Option<BodyReference>,
    pub(super) signature: Option<RecordedSignature>,
}

/// What the caller asked the SDK for.
#[derive(Serialize, Deserialize, Clone)]
pub(super) struct Call {
    pub(super) op: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) function: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) qualifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<Vec<Pair>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) invocation_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) log_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stateful_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stateful_enable: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trace_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fc_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) headers: Option<Vec<Pair>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_as: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_b64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_ref: Option<BodyReference>,
}

#[derive(Serialize, Deserialize, Clone)]
pub(super) struct BodyReference {
    pub(super) length: u64,
    pub(super) sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) generator: Option<String>,
}

#[derive(Serialize, Deserialize, Clone)]
pub(super) struct RecordedCredentials {
    pub(super) access_key_id: String,
    pub(super) access_key_secret: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bearer_token: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RecordedSignature {
    pub(super) authorization_form: Option<String>,
    pub(super) plain_rule: Option<bool>,
    pub(super) form: Option<BTreeMap<String, String>>,
    pub(super) explanation: Option<Explanation>,
    pub(super) string_to_sign: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Explanation {
    pub(super) signed: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub(super) struct ResponseStudy {
    pub(super) records: Vec<ResponseRecord>,
    pub(super) scripts: BTreeMap<String, Script>,
}

#[derive(Deserialize)]
pub(super) struct ResponseRecord {
    pub(super) case: String,
    pub(super) observed: serde_json::Value,
}

#[derive(Deserialize)]
pub(super) struct Script {
    pub(super) note: Option<String>,
    pub(super) call: Call,
    pub(super) steps: Vec<Step>,
}

#[derive(Deserialize)]
pub(super) struct Step {
    pub(super) bytes_base64: Option<String>,
    pub(super) length: usize,
    pub(super) sha256: Option<String>,
    pub(super) first_bytes_base64: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct PublishedStudy {
    pub(super) responses: Vec<Published>,
}

#[derive(Deserialize)]
pub(super) struct Published {
    pub(super) id: String,
    pub(super) entry_path: String,
    pub(super) status: Option<u16>,
    pub(super) headers: BTreeMap<String, Option<String>>,
    pub(super) body: Option<String>,
    pub(super) body_encoding: String,
    pub(super) source: String,
    pub(super) fidelity: String,
}
