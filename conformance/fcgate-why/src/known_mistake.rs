//! The mistake in a signature, for `fcgate serve`.

use fcgate_mutants::search::Found;
use fcgate_mutants::{Mutant, Rule};
use fcgate_protocol::{SignKind, Stages};

/// A single mistake that gives the captured signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownMistake {
    /// The mutant that makes this mistake.
    pub mutant: &'static Mutant,
    /// The correct authorization; `None` for a signed URL.
    pub authorization: Option<String>,
    /// The texts that the rule signs.
    pub rule: Stages,
    /// The texts that were signed.
    pub signed: Stages,
}

impl KnownMistake {
    /// `None` if several mistakes were made together.
    pub(super) fn of(found: &Found, rule: Rule, kind: Option<SignKind>) -> Option<Self> {
        let [mistake] = found.mistakes.as_slice() else {
            return None;
        };
        let is_in_url = rule == Rule::Fc && kind == Some(SignKind::PresignedUrl);
        let authorization = (!is_in_url).then(|| found.correct.authorization.clone());
        Some(Self {
            mutant: mistake.mutant,
            authorization,
            rule: found.correct.stages.clone(),
            signed: found.signed.stages.clone(),
        })
    }

    /// A mistake that follows from the request without a search.
    pub(super) fn without_texts(mutant: &'static Mutant) -> Self {
        Self {
            mutant,
            authorization: None,
            rule: Stages::default(),
            signed: Stages::default(),
        }
    }
}
