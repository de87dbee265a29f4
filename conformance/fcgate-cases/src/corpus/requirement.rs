//! The requirement registry.

use serde::{Deserialize, Serialize};

use super::{Evidence, Level};

/// The file `requirements.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Registry {
    /// The schema number, 1.
    pub(super) schema: u32,
    /// The requirements.
    pub(super) requirements: Vec<Requirement>,
}

/// One normative sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The id, e.g. `FC-SIGN-001`. It is never reused.
    pub id: String,
    /// The level.
    pub level: Level,
    /// The sentence.
    pub text: String,
    /// The API revisions that the requirement applies to.
    pub revisions: Vec<String>,
    /// The sources of the requirement.
    pub evidence: Vec<Evidence>,
    /// Notes, for example about sources that disagree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}
