//! The three ways to answer a command.

use serde::{Deserialize, Serialize};

/// The answer to one command: exactly one of the three.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the protocol knows exactly these three answers"
)]
pub enum Reply<T> {
    /// It was done.
    Ok(T),
    /// It was refused, or the implementation failed itself.
    Err(Refusal),
    /// The implementation does not do this; the text names the capability.
    Unsupported(String),
}

impl<T> Reply<T> {
    /// The honest answer to what is not implemented.
    pub fn unsupported(capability: impl Into<String>) -> Self {
        Self::Unsupported(capability.into())
    }

    /// The refusal of an input, before anything is signed or sent.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Err(Refusal {
            class: RefusalClass::Input,
            message: message.into(),
        })
    }

    /// The implementation itself failed.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::Err(Refusal {
            class: RefusalClass::Internal,
            message: message.into(),
        })
    }

    /// The same answer with another value in `ok`.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        match self {
            Self::Ok(value) => Reply::Ok(change(value)),
            Self::Err(refusal) => Reply::Err(refusal),
            Self::Unsupported(capability) => Reply::Unsupported(capability),
        }
    }
}

impl<T, E: std::fmt::Display> From<Result<T, E>> for Reply<T> {
    /// An error becomes the refusal of the input, with its message.
    fn from(result: Result<T, E>) -> Self {
        match result {
            Ok(value) => Self::Ok(value),
            Err(error) => Self::refused(error.to_string()),
        }
    }
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refusal {
    /// Whose fault it is.
    pub class: RefusalClass,
    /// For people only, never judged.
    #[serde(default)]
    pub message: String,
}

/// Whose fault a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RefusalClass {
    /// The input is refused before anything is signed or sent.
    Input,
    /// The implementation or its adapter failed.
    Internal,
}
