//! The shape of a case file, in the order in which its fields are written.

use serde::Serialize;

use super::source::Pair;

#[derive(Serialize)]
pub(super) struct CaseFile {
    pub(super) schema: u8,
    pub(super) group: String,
    pub(super) summary: String,
    pub(super) cases: Vec<Case>,
}

impl CaseFile {
    pub(super) fn new(group: &str, summary: &str, cases: Vec<Case>) -> Self {
        Self {
            schema: 1,
            group: group.to_owned(),
            summary: summary.to_owned(),
            cases,
        }
    }
}

#[derive(Serialize, Clone)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) level: Level,
    pub(super) requirements: Vec<&'static str>,
    pub(super) needs: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revision: Option<&'static str>,
    pub(super) because: String,
    pub(super) evidence: Vec<Evidence>,
    pub(super) op: &'static str,
    pub(super) given: Given,
    pub(super) expect: Expect,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Must,
    Should,
    Observe,
}

#[derive(Serialize, Clone)]
pub(super) struct Evidence {
    kind: &'static str,
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    agree: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<usize>,
}

impl Evidence {
    fn plain(kind: &'static str, source: impl Into<String>) -> Self {
        Self {
            kind,
            source: source.into(),
            agree: None,
            of: None,
        }
    }

    pub(super) fn recorded(source: impl Into<String>) -> Self {
        Self::plain("recorded", source)
    }

    pub(super) fn manual(source: impl Into<String>) -> Self {
        Self::plain("manual", source)
    }

    pub(super) fn sdk_test(source: impl Into<String>) -> Self {
        Self::plain("sdk-test", source)
    }

    pub(super) fn inference(source: impl Into<String>) -> Self {
        Self::plain("inference", source)
    }

    pub(super) fn agreement(source: impl Into<String>, agree: usize, of: usize) -> Self {
        Self {
            kind: "sdk-agreement",
            source: source.into(),
            agree: Some(agree),
            of: Some(of),
        }
    }

    /// Whether this alone may carry a `must`: inference and a single SDK may not.
    pub(super) fn carries_must(&self) -> bool {
        match self.kind {
            "recorded" | "manual" => true,
            "sdk-agreement" => self.agree.is_some_and(|agree| agree >= 2),
            _ => false,
        }
    }
}

#[derive(Serialize, Clone)]
#[serde(untagged)]
pub(super) enum Given {
    Sign(SignGiven),
    Build(BuildGiven),
    Parse(ParseGiven),
}

#[derive(Serialize, Clone)]
#[serde(untagged)]
pub(super) enum Expect {
    Sign(SignExpect),
    Build(BuildExpect),
    Parse(ParseExpect),
}

#[derive(Serialize, Clone)]
pub(super) struct Credentials {
    pub(super) access_key_id: String,
    pub(super) access_key_secret: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security_token: Option<String>,
}

#[derive(Serialize, Clone)]
pub(super) struct SignGiven {
    pub(super) scheme: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<&'static str>,
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<Pair>,
    pub(super) body_b64: String,
    pub(super) credentials: Credentials,
    pub(super) time: String,
    pub(super) nonce: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expires: Option<i64>,
}

#[derive(Serialize, Clone, Default)]
pub(super) struct SignExpect {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stages: Option<Stages>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authorization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Headers::is_empty")]
    pub(super) headers: Headers,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) verifies: Option<bool>,
}

#[derive(Serialize, Clone, Default)]
pub(super) struct Stages {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) canonical_headers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) canonical_resource: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) canonical_request: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) string_to_sign: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) signature: Option<String>,
}

#[derive(Serialize, Clone, Default)]
pub(super) struct Headers {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) present: Vec<Pair>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) absent: Vec<String>,
}

impl Headers {
    pub(super) fn present(pairs: &[(&str, &str)]) -> Self {
        let present = pairs
            .iter()
            .map(|(name, value)| Pair::new(name, value))
            .collect();
        Self {
            present,
            absent: Vec::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.present.is_empty() && self.absent.is_empty()
    }
}

#[derive(Serialize, Clone)]
pub(super) struct BuildGiven {
    pub(super) revision: &'static str,
    pub(super) scheme: &'static str,
    pub(super) endpoint: &'static str,
    pub(super) credentials: Credentials,
    pub(super) time: &'static str,
    pub(super) nonce: &'static str,
    pub(super) input: Input,
}

#[derive(Serialize, Clone, Default)]
pub(super) struct Input {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service: Option<String>,
    pub(super) function: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) qualifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) invocation_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) log_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stateful_async_invocation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stateful_async_invocation_enable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trace_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) headers: Vec<Pair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) payload_b64: Option<String>,
}

#[derive(Serialize, Clone)]
pub(super) struct BuildExpect {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<Pair>,
    #[serde(skip_serializing_if = "Headers::is_empty")]
    pub(super) headers: Headers,
    pub(super) body_b64: String,
    pub(super) verifies: bool,
}

#[derive(Serialize, Clone, PartialEq, Eq)]
pub(super) struct ParseGiven {
    pub(super) status: u16,
    pub(super) headers: Vec<Pair>,
    pub(super) body_b64: String,
    pub(super) invocation_type: String,
}

#[derive(Serialize, Clone)]
pub(super) struct ParseExpect {
    pub(super) outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) absent: Vec<&'static str>,
}

#[derive(Serialize, Clone, Default, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) payload_b64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) log_tail_b64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_memory_mb: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code_checksum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instance_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stateful_async_invocation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<String>,
}
