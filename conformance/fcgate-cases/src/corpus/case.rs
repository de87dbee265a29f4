//! Cases and their groups.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use fcgate_protocol::{Suite, capability};

use super::template::Template;
use super::{Evidence, EvidenceKind, Stimulus};

/// The level of a requirement or a case: whether a failure makes the subject not conforming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A failure is recorded and never counts.
    Observe,
    /// A failure is reported. It counts with `--level should`.
    Should,
    /// A failure counts.
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
    /// The path of the file, relative to the fixtures folder.
    pub file: String,
    /// The name of the group. The id of every case starts with it.
    pub name: String,
    /// A description in one sentence.
    pub summary: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One stimulus and the expected reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The id. It is unique and is never reused.
    pub id: String,
    /// The title.
    pub title: String,
    /// The level.
    pub level: Level,
    /// The ids of the requirements that the case tests.
    pub requirements: Vec<String>,
    /// The capabilities that the case needs. Without one of them the case is unsupported.
    pub needs: Vec<String>,
    /// Whether the case runs only with the profile `full`, because it is slow or large.
    pub full_only: bool,
    /// The API revision, for `build` and `invoke`.
    pub revision: Option<String>,
    /// For `parse`, the API revisions that all its requirements apply to; empty if those are all.
    pub parse_revisions: Vec<String>,
    /// What goes wrong for a user if the case fails.
    pub because: String,
    /// The sources of the expected values.
    pub evidence: Vec<Evidence>,
    /// For a negative case, the id of the valid case that it differs from; `twin` in JSON.
    pub valid_case: Option<String>,
    /// For a negative case, the JSON pointer of the one field that differs.
    pub fault: Option<String>,
    /// The suite that added the case.
    pub since: Suite,
    /// The revision of the expectation: 1, plus 1 for each correction.
    pub rev: u32,
    /// The former ids of the case.
    pub aliases: Vec<String>,
    /// The operation with its input and expectation.
    pub stimulus: Stimulus,
    /// The template, for a case that is one of several variations.
    pub template: Option<Arc<Template>>,
}

/// The capabilities whose meaning only the adapter protocol defines: an implementation that declares one promises it.
const DEFINED_BY_THE_PROTOCOL: [&str; 2] = [capability::RETRY, capability::INPUT_CHECK];

impl Case {
    /// Returns whether the evidence is enough for a `must`. The adapter protocol is enough for a case that needs a capability
    /// which only the protocol defines.
    pub fn evidence_carries_must(&self) -> bool {
        let by_the_protocol = self.needs_capability_of_the_protocol();
        self.evidence.iter().any(|evidence| {
            evidence.carries_must() || by_the_protocol && evidence.kind == EvidenceKind::Protocol
        })
    }

    /// Returns whether the case applies to an implementation that supports these API revisions.
    ///
    /// A response does not name its revision. So a `parse` case applies if its requirements do, and always if the
    /// implementation declares no revision.
    pub fn applies_to(&self, supported: &[String]) -> bool {
        match &self.revision {
            Some(revision) => supported.contains(revision),
            None if supported.is_empty() || self.parse_revisions.is_empty() => true,
            None => self
                .parse_revisions
                .iter()
                .any(|one| supported.contains(one)),
        }
    }

    /// Returns the API revisions that the case applies to; empty if it applies to each.
    pub fn revisions(&self) -> &[String] {
        self.revision
            .as_ref()
            .map_or(&self.parse_revisions, std::slice::from_ref)
    }

    /// Returns whether the case needs a capability that only the adapter protocol defines.
    pub(super) fn needs_capability_of_the_protocol(&self) -> bool {
        let mut needs = self.needs.iter();
        needs.any(|name| DEFINED_BY_THE_PROTOCOL.contains(&name.as_str()))
    }

    /// Creates a case for an observation outside of the corpus, so that every report format can show it.
    pub fn observed(id: String, level: Level, title: String, stimulus: Stimulus) -> Self {
        Self {
            id,
            title,
            level,
            requirements: Vec::new(),
            needs: Vec::new(),
            full_only: false,
            revision: None,
            parse_revisions: Vec::new(),
            because: String::new(),
            evidence: Vec::new(),
            valid_case: None,
            fault: None,
            since: Suite::FIRST,
            rev: 1,
            aliases: Vec::new(),
            stimulus,
            template: None,
        }
    }
}
