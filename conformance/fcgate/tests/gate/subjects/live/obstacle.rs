//! Which cases a client cannot be asked, and why.

use std::fmt;

use fcgate_cases::corpus::{Case, Stimulus};

use super::environment;

/// Why a case cannot be put to a client over real HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Obstacle {
    Sign,
    Nonce,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sign => "a client signs only what it has built",
            Self::Nonce => "a client draws its nonces; no caller can hand it one",
        })
    }
}

pub(super) fn of(case: &Case) -> Option<Obstacle> {
    match &case.stimulus {
        Stimulus::Sign { .. } => Some(Obstacle::Sign),
        Stimulus::Build { given, .. } if environment::number(&given.nonce).is_none() => {
            Some(Obstacle::Nonce)
        }
        _ => None,
    }
}
