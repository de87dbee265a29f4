//! Cases and their groups.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use fcgate_protocol::Suite;

use super::template::Template;
use super::{Evidence, Stimulus};

/// How much weight a requirement or a case has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Recorded, never gates.
    Observe,
    /// Reported; gates when asked for.
    Should,
    /// Gates.
    Must,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Observe => "observe",
            Self::Should => "should",
            Self::Must => "must",
        })
    }
}

/// The cases of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The path of the file below the fixtures.
    pub file: String,
    /// The name of the group, with which the id of every case starts.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One stimulus with its expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The id, unique and never used again.
    pub id: String,
    /// What is shown.
    pub title: String,
    /// Whether it gates.
    pub level: Level,
    /// The requirements that it shows.
    pub requirements: Vec<String>,
    /// The capabilities without which it is unsupported.
    pub needs: Vec<String>,
    /// The API revision, for build and invoke.
    pub revision: Option<String>,
    /// What goes wrong for a user otherwise.
    pub because: String,
    /// Where the expected values come from.
    pub evidence: Vec<Evidence>,
    /// For a negative case the valid case that it differs from.
    pub twin: Option<String>,
    /// For a negative case the one field that differs, a JSON pointer.
    pub fault: Option<String>,
    /// The suite in which it came.
    pub since: Suite,
    /// How often what it expects was corrected, plus one.
    pub rev: u32,
    /// The ids that it had before.
    pub aliases: Vec<String>,
    /// The operation with what is given and expected.
    pub stimulus: Stimulus,
    /// What it is written as, for a case that is one of several variations.
    pub template: Option<Arc<Template>>,
}

impl Case {
    /// What was seen outside of a corpus, in the shape of a case, so that every report can show it.
    pub fn observed(id: String, level: Level, title: String, stimulus: Stimulus) -> Self {
        Self {
            id,
            title,
            level,
            requirements: Vec::new(),
            needs: Vec::new(),
            revision: None,
            because: String::new(),
            evidence: Vec::new(),
            twin: None,
            fault: None,
            since: Suite::FIRST,
            rev: 1,
            aliases: Vec::new(),
            stimulus,
            template: None,
        }
    }
}
