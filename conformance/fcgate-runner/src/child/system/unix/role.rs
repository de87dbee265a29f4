//! The role of a supervisor: it receives the role in the variable [`MARK`].

use super::super::super::environment::MARK;

/// The value of [`MARK`] for a supervisor whose children are in a PID namespace.
pub(super) const OUTSIDE: &str = "outside";

/// The value of [`MARK`] for the supervisor that is process 1 of a PID namespace.
pub(super) const FIRST: &str = "first";

/// The role of a supervisor process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The process is outside the PID namespace, and its children are inside.
    Outside,
    /// The process is process 1 of a PID namespace.
    First,
    /// There is no namespace.
    NoNamespace,
}

impl Role {
    pub(super) fn from_environment() -> Self {
        let mark = std::env::vars_os().find_map(|(name, value)| (name == MARK).then_some(value));
        match mark {
            Some(mark) if mark == OUTSIDE => Self::Outside,
            Some(mark) if mark == FIRST => Self::First,
            _ => Self::NoNamespace,
        }
    }
}
