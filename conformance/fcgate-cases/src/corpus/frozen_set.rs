//! The frozen sets: which requirements hold for an API revision, suite by suite.

use serde::{Deserialize, Serialize};

use fcgate_protocol::Suite;

/// A file `sets/REVISION.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenSet {
    /// The schema number, 1.
    pub schema: u32,
    /// The API revision.
    pub revision: String,
    /// Where the ids come from.
    pub source: String,
    /// What each suite brought; a set grows and never shrinks.
    pub suites: Vec<SuiteSet>,
}

/// What one suite brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuiteSet {
    /// The suite.
    pub suite: Suite,
    /// The ids that came with it, sorted.
    pub requirements: Vec<String>,
}
