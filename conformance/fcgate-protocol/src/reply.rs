//! The reply of an implementation to a command.

use serde::{Deserialize, Serialize};

/// The reply to one command.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the protocol knows exactly these three answers"
)]
pub enum Reply<T> {
    /// The output of the command.
    Ok(T),
    /// The input was refused, or the implementation failed.
    Err(Refusal),
    /// The implementation does not have this capability.
    Unsupported(String),
}

impl<T> Reply<T> {
    /// Returns the reply to a command that is not implemented.
    pub fn unsupported(capability: impl Into<String>) -> Self {
        Self::Unsupported(capability.into())
    }

    /// Returns the refusal of an input, before anything is signed or sent.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Err(Refusal {
            class: RefusalClass::Input,
            message: message.into(),
        })
    }

    /// Returns the reply of an implementation that failed for a reason other than the input.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::Err(Refusal {
            class: RefusalClass::Internal,
            message: message.into(),
        })
    }

    /// Converts the output and keeps every other reply.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        match self {
            Self::Ok(value) => Reply::Ok(change(value)),
            Self::Err(refusal) => Reply::Err(refusal),
            Self::Unsupported(capability) => Reply::Unsupported(capability),
        }
    }
}

impl<T, E: std::fmt::Display> From<Result<T, E>> for Reply<T> {
    /// Converts an error into a refusal of the input with the message of the error.
    fn from(result: Result<T, E>) -> Self {
        match result {
            Ok(value) => Self::Ok(value),
            Err(error) => Self::refused(error.to_string()),
        }
    }
}

/// Why a command has no output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refusal {
    /// Whether the input or the implementation caused the refusal.
    pub class: RefusalClass,
    /// A message for people. The gate does not compare it.
    #[serde(default)]
    pub message: String,
}

/// The cause of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RefusalClass {
    /// The implementation refused the input before it signed or sent anything.
    Input,
    /// The implementation or its adapter failed.
    Internal,
}
