//! The rules that a verdict depends on.

use serde::{Deserialize, Serialize};

use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;
use fcgate_cases::judge::{CaseResult, Check, CheckStatus, capability_of_field};

/// The rules that a verdict depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rules {
    /// The lowest level that gates.
    pub level: Level,
    /// Whether cases that a filter left out do not make the run incomplete.
    pub partial_ok: bool,
    /// The profile whose capabilities the subject must declare; `None` if no capability is required.
    pub profile: Option<Profile>,
}

impl Rules {
    /// The default rules: `must` gates, and a filter makes a run incomplete.
    pub fn new() -> Self {
        Self {
            level: Level::Must,
            partial_ok: false,
            profile: None,
        }
    }

    /// Whether a case of this level can change the verdict.
    pub fn gates(&self, level: Level) -> bool {
        level >= self.level && level > Level::Observe
    }

    /// Whether the profile requires a capability that the subject does not declare, or a value that it does not return.
    pub(crate) fn demands(self, result: &CaseResult) -> bool {
        let Some(profile) = self.profile else {
            return false;
        };
        let hidden = |check: &Check| {
            let field = check.id.strip_prefix("no-").unwrap_or(&check.id);
            check.status == CheckStatus::Unsupported
                && capability_of_field(field).is_some_and(|name| profile.has(name))
        };
        result.demanded_by.contains(&profile) || result.checks.iter().any(hidden)
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}
