//! What a test target demands of an implementation.

use std::path::PathBuf;

use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;

#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) level: Level,
    pub(super) profile: Option<Profile>,
    pub(super) revision: Option<String>,
    /// The file of known failures.
    pub(super) known: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            level: Level::Must,
            profile: None,
            revision: None,
            known: None,
        }
    }
}
