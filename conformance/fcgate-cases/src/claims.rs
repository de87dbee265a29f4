//! The capabilities and API revisions that an implementation declares.

use fcgate_protocol::{Capabilities, Hello, capability};

use crate::corpus::Case;
use crate::parts;

/// The declared capabilities and API revisions, and the parts that the implementation lacks. A case that needs others is unsupported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// The declared capabilities.
    pub capabilities: Capabilities,
    /// The supported API revisions.
    pub revisions: Vec<String>,
    /// The parts of the declared commands that the implementation does not offer.
    pub lacks: Capabilities,
}

impl Claims {
    /// Returns the claims of a `hello`.
    pub fn of(hello: &Hello) -> Self {
        Self {
            capabilities: hello.caps.clone(),
            revisions: hello.revisions.clone(),
            lacks: hello.lacks.clone(),
        }
    }

    /// Removes every other revision.
    #[must_use]
    pub fn limit_to_revision(mut self, revision: &str) -> Self {
        self.revisions.retain(|other| other == revision);
        self
    }

    /// Returns whether a case needs only declared capabilities, offered parts and a supported revision.
    pub fn cover(&self, case: &Case) -> bool {
        self.declare_needs(case)
            && (self.lacks.is_empty() || !self.lack_one_of(&parts::of_whole_case(case)))
            && !(self.have_own_clock() && refuses_a_time(case))
    }

    /// Returns whether a case needs only declared capabilities and a supported revision.
    pub(crate) fn declare_needs(&self, case: &Case) -> bool {
        case.needs
            .iter()
            .all(|name| self.capabilities.contains(name))
            && case.applies_to(&self.revisions)
    }

    /// Returns whether the implementation ignores the time and the nonce of the gate.
    pub fn have_own_clock(&self) -> bool {
        self.capabilities.contains(capability::CLOCK_OWN)
    }

    /// Returns whether a check of the case needs a part that the implementation lacks.
    pub fn withhold_a_check(&self, case: &Case) -> bool {
        !self.lacks.is_empty() && self.lack_one_of(&parts::of_case(case))
    }

    /// Returns the lacking parts that the checks of a case need, sorted.
    pub fn lacking_parts(&self, case: &Case) -> Vec<&'static str> {
        let mut parts = parts::of_case(case);
        parts.retain(|part| self.lacks.contains(part));
        parts
    }

    /// Returns whether one of these parts is lacking.
    pub(crate) fn lack_one_of(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.lacks.contains(part))
    }
}

/// Whether the case expects that an invalid time or nonce is refused.
fn refuses_a_time(case: &Case) -> bool {
    let fault = case.fault.as_deref().unwrap_or_default();
    case.stimulus.expects_refusal() && matches!(fault, "/given/time" | "/given/nonce")
}
