//! The error of a command.

use std::io;

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

/// Creates the error of a command that could not be stopped by Ctrl-C.
pub(super) fn unwatched_signals(error: &io::Error) -> Failure {
    Failure::harness(&format!(
        "expected to watch for Ctrl-C, found: {error}; raise the limits of file descriptors, processes and memory (ulimit -n, -u and -v)"
    ))
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
