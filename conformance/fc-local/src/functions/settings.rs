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
    /// How many asynchronous calls of the function run at a time; further ones wait. 8 unless set; with 1 they run one after
    /// another, in the order in which they were accepted. Calls that wait for their result always run at once.
    pub concurrency: usize,
    /// How often a failed asynchronous call is run again, 0 unless set. The service does it 3 times unless the function is set
    /// otherwise, and 8 times at most. The waits before it are those of the service divided by 100: 5, 10, 20 milliseconds and
    /// so on.
    pub retries: u32,
}

impl Default for FunctionSettings {
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(60),
            memory: 512,
            concurrency: 8,
            retries: 0,
        }
    }
}
