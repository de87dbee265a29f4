//! The requirement registry.

use serde::{Deserialize, Serialize};

use super::{Evidence, Level};

/// The file `requirements.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    /// The schema number, 1.
    pub schema: u32,
    /// The requirements.
    pub requirements: Vec<Requirement>,
}

/// One normative sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The id, never used again for something else, e.g. `FC-SIGN-001`.
    pub id: String,
    /// Whether it gates.
    pub level: Level,
    /// The sentence.
    pub text: String,
    /// The API revisions that it is about.
    pub revisions: Vec<String>,
    /// Where it comes from.
    pub evidence: Vec<Evidence>,
    /// Where sources disagree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}
