//! The settings of a function of the table.

use std::time::Duration;

/// The settings of a function.
///
/// ```
/// use std::time::Duration;
/// use fc_local::FunctionSettings;
///
/// let mut settings = FunctionSettings::default();
/// settings.time_limit = Duration::from_secs(3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FunctionSettings {
    /// How long a call may take; then it is a function error. 60 seconds unless set.
    pub time_limit: Duration,
    /// The memory in MB: it is only reported. 512 unless set, the value of the manual's sample.
    pub memory: u32,
}

impl Default for FunctionSettings {
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(60),
            memory: 512,
        }
    }
}
