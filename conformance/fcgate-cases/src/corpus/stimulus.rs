//! The stimulus of a case: an operation with its input and expectation.

use std::fmt;

use serde::{Deserialize, Serialize};

use fcgate_protocol::{BuildInput, ParseInput, SignInput};

use super::{
    BuildExpectation, InvokeExpectation, InvokeGiven, ParseExpectation, SignExpectation,
    TaskExpectation, TaskGiven, TriggerExpectation, TriggerGiven,
};

/// The commands of the adapter protocol that cases use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// Signs a request in wire form.
    Sign,
    /// Builds a signed request from typed input.
    Build,
    /// Parses a raw response into its outcome.
    Parse,
    /// Invokes a function over HTTP.
    Invoke,
    /// Calls an HTTP trigger.
    Trigger,
    /// Makes an operation on asynchronous tasks over HTTP.
    Task,
}

impl Operation {
    /// Returns whether a case makes an HTTP exchange with the endpoint.
    pub fn is_exchange(self) -> bool {
        matches!(self, Self::Invoke | Self::Trigger | Self::Task)
    }

    /// Returns the name of the command, which is also the folder of its case files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Build => "build",
            Self::Parse => "parse",
            Self::Invoke => "invoke",
            Self::Trigger => "trigger",
            Self::Task => "task",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An operation with its input and expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stimulus {
    /// The command `sign`.
    Sign {
        /// Its input.
        given: SignInput,
        /// The expectation.
        expect: SignExpectation,
    },
    /// The command `build`.
    Build {
        /// Its input.
        given: BuildInput,
        /// The expectation.
        expect: BuildExpectation,
    },
    /// The command `parse`.
    Parse {
        /// Its input.
        given: ParseInput,
        /// The expectation.
        expect: ParseExpectation,
    },
    /// The command `invoke`.
    Invoke {
        /// Its input without the endpoint, and the answers of the endpoint.
        given: InvokeGiven,
        /// The expectation.
        expect: InvokeExpectation,
    },
    /// The command `trigger`.
    Trigger {
        /// Its input without the endpoint, and the answer of the function.
        given: TriggerGiven,
        /// The expectation.
        expect: TriggerExpectation,
    },
    /// The command `task`.
    Task {
        /// Its input without the endpoint, and the answers of the endpoint.
        given: TaskGiven,
        /// The expectation.
        expect: TaskExpectation,
    },
}

impl Stimulus {
    /// Returns the operation.
    pub fn operation(&self) -> Operation {
        match self {
            Self::Sign { .. } => Operation::Sign,
            Self::Build { .. } => Operation::Build,
            Self::Parse { .. } => Operation::Parse,
            Self::Invoke { .. } => Operation::Invoke,
            Self::Trigger { .. } => Operation::Trigger,
            Self::Task { .. } => Operation::Task,
        }
    }

    /// Returns whether the implementation must refuse the input.
    pub fn expects_refusal(&self) -> bool {
        match self {
            Self::Sign { expect, .. } => expect.refused.is_some(),
            Self::Build { expect, .. } => expect.refused.is_some(),
            Self::Parse { .. } | Self::Invoke { .. } | Self::Trigger { .. } | Self::Task { .. } => {
                false
            }
        }
    }
}
