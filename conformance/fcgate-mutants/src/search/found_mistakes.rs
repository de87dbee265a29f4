//! The result of a search in a captured request.

use crate::catalog::any_named;
use crate::mutant::Mutant;
use crate::signing::sign_again::SignedAgain;

/// Mistakes that give the captured signature together, and the texts that were signed: the proof.
#[derive(Debug, Clone)]
pub struct Found {
    /// The mistakes.
    pub mistakes: Vec<FoundMistake>,
    /// The texts that were signed.
    pub signed: SignedAgain,
    /// The authorization and the texts that the rule gives for the headers that the client meant to sign.
    pub correct: SignedAgain,
}

/// A mistake, and what exactly differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundMistake {
    /// The mistake.
    pub mutant: &'static Mutant,
    /// What differs, in words; `None` if the mistake alone says it.
    pub detail: Option<String>,
}

impl FoundMistake {
    pub(super) fn of(mutant: &'static Mutant) -> Self {
        Self {
            mutant,
            detail: None,
        }
    }

    pub(super) fn named(name: &str, detail: impl Into<String>) -> Option<Self> {
        Some(Self {
            mutant: any_named(name)?,
            detail: Some(detail.into()),
        })
    }
}

/// What a search found, and what it cost.
#[derive(Debug, Clone)]
pub struct SearchResult {
    /// Every explanation of the signature, the most ordinary first. More than one means that several mistakes
    /// give the same signed text.
    pub found: Vec<Found>,
    /// The number of signatures that were computed.
    pub computations: u64,
    /// Whether the search ended because its budget was used up.
    pub is_exhausted: bool,
}
