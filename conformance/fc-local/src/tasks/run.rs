//! The task of a function of the user's own: the function moves it, not a script.

use crate::resource_names::ResourceNames;
use crate::stop_signal::StopSignal;

/// The task of a call that runs.
#[derive(Debug, Clone)]
pub(crate) struct TaskRun {
    pub(crate) names: ResourceNames,
    pub(crate) id: String,
    /// The signal of the call. It tells the task from a later one with the same id.
    pub(crate) stop: StopSignal,
}

/// How the call of a task ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TaskResult {
    /// What the function returned.
    Returned(Vec<u8>),
    /// The type of a function error, or the code of an error of the service.
    Error(String),
}

impl TaskResult {
    /// The number of bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Returned(bytes) => bytes.len(),
            Self::Error(text) => text.len(),
        }
    }
}
