//! The capabilities and revisions that an implementation claims.

use fcgate_protocol::{Capabilities, Hello};

use crate::corpus::Case;

/// What an implementation claims: the cases beyond that are unsupported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// The claimed capabilities.
    pub capabilities: Capabilities,
    /// The API revisions that it speaks.
    pub revisions: Vec<String>,
}

impl Claims {
    /// The claims of an introduction.
    pub fn of(hello: &Hello) -> Self {
        Self {
            capabilities: hello.caps.clone(),
            revisions: hello.revisions.clone(),
        }
    }

    /// Only this revision of those that are spoken.
    #[must_use]
    pub fn only_revision(mut self, revision: &str) -> Self {
        self.revisions.retain(|other| other == revision);
        self
    }

    /// Whether everything that a case needs is claimed.
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
