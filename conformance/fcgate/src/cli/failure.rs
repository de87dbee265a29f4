//! The error of a command.

use fc_conformance::verdict::Verdict;

use crate::writers::WriteError;

/// The reason why a command ended without a result: the message, and the verdict that decides the exit code.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) verdict: Verdict,
    pub(super) message: String,
}

impl Failure {
    /// Creates an error of the caller: a wrong option, file or configuration (exit code 2).
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Config,
            message: message.into(),
        }
    }

    /// Creates an error of the gate itself (exit code 4).
    pub(super) fn harness(message: &impl ToString) -> Self {
        Self {
            verdict: Verdict::Harness,
            message: message.to_string(),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        if error.is_usage() {
            Self::usage(error.to_string())
        } else {
            Self::harness(&error)
        }
    }
}
