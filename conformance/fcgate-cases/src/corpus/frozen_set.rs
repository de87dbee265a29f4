//! The frozen sets: the requirements of each API revision, by suite.

use serde::{Deserialize, Serialize};

use fcgate_protocol::Suite;

/// A file `sets/REVISION.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenSet {
    /// The schema number, 1.
    pub(super) schema: u32,
    /// The API revision.
    pub(super) revision: String,
    /// The source of the ids.
    pub(super) source: String,
    /// The requirements that each suite added. An id is never removed.
    pub(super) suites: Vec<SuiteSet>,
}

/// The requirements that one suite added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SuiteSet {
    /// The suite.
    pub(super) suite: Suite,
    /// The added ids, sorted.
    pub(super) requirements: Vec<String>,
}
