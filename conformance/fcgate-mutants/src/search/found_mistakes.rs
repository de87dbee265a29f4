//! The result of a search in a captured request.

use fcgate_protocol::SignInput;

use crate::catalog::any_named;
use crate::mutant::Mutant;
use crate::signing::sign_again::{SignedAgain, sign_again};

/// Mistakes that give the captured signature together, and the texts that were signed: the proof.
#[derive(Debug, Clone)]
pub struct Found {
    /// The mistakes.
    pub mistakes: Vec<&'static Mutant>,
    /// The guessed value, in words; `None` if nothing was guessed.
    pub detail: Option<String>,
    /// The texts that were signed.
    pub signed: SignedAgain,
}

impl Found {
    /// A mistake between signing and sending, with the request as it was signed.
    pub(super) fn guessed(
        name: &str,
        detail: String,
        names: &[String],
        signed: &SignInput,
    ) -> Option<Self> {
        Some(Self {
            mistakes: vec![any_named(name)?],
            detail: Some(detail),
            signed: sign_again(signed, names, &[]),
        })
    }
}
