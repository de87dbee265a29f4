//! A text that is not a behaviour.

use std::fmt;

/// A text that is not a behaviour, or a behaviour that cannot be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehaviourError(pub(super) String);

impl fmt::Display for BehaviourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BehaviourError {}
