//! The capabilities and API revisions that an implementation declares.

use fcgate_protocol::{Capabilities, Hello};

use crate::corpus::Case;

/// The declared capabilities and API revisions. A case that needs others is unsupported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// The declared capabilities.
    pub capabilities: Capabilities,
    /// The supported API revisions.
    pub revisions: Vec<String>,
}

impl Claims {
    /// Returns the claims of a `hello`.
    pub fn of(hello: &Hello) -> Self {
        Self {
            capabilities: hello.caps.clone(),
            revisions: hello.revisions.clone(),
        }
    }

    /// Removes every other revision.
    #[must_use]
    pub fn limit_to_revision(mut self, revision: &str) -> Self {
        self.revisions.retain(|other| other == revision);
        self
    }

    /// Returns whether a case needs only declared capabilities and a supported revision.
    pub fn cover(&self, case: &Case) -> bool {
        case.needs
            .iter()
            .all(|name| self.capabilities.contains(name))
            && case
                .revision
                .as_ref()
                .is_none_or(|revision| self.revisions.contains(revision))
    }
}
