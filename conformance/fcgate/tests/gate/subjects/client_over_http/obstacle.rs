//! The cases that cannot run with a client over real HTTP, and why.

use std::fmt;

use fcgate_cases::corpus::{Case, Stimulus};

use super::environment;

/// Why a case cannot run with a client over real HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Obstacle {
    Sign,
    Nonce,
    Trigger,
    Task,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sign => "a client signs only the requests that it builds",
            Self::Nonce => "a client generates its own nonces; the caller cannot pass one",
            Self::Trigger => "a client calls no HTTP triggers",
            Self::Task => "this client makes no operations on tasks",
        })
    }
}

pub(super) fn of(case: &Case) -> Option<Obstacle> {
    match &case.stimulus {
        Stimulus::Sign { .. } => Some(Obstacle::Sign),
        Stimulus::Trigger { .. } => Some(Obstacle::Trigger),
        Stimulus::Task { .. } => Some(Obstacle::Task),
        Stimulus::Build { given, .. } if environment::number(&given.nonce).is_none() => {
            Some(Obstacle::Nonce)
        }
        _ => None,
    }
}
