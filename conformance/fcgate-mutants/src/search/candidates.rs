//! The mutants that each search tries.

use fcgate_cases::corpus::Operation;

use crate::catalog::{all, captured_only, named};
use crate::mistake::{Mistake, SigningMistake};
use crate::mutant::{Area, Mutant};
use crate::signing::rule::Rule;

/// The mistakes with which a captured request can be signed again.
pub(super) fn of_captured_request(rule: Rule) -> impl Iterator<Item = &'static Mutant> + Clone {
    all()
        .chain(captured_only())
        .filter(move |mutant| match mutant.mistake {
            Mistake::Signing(SigningMistake::Fc(_)) => rule == Rule::Fc,
            Mistake::Signing(SigningMistake::Acs3(_)) => rule == Rule::Acs3,
            _ => false,
        })
}

/// The mistakes that red cases of this operation can show.
///
/// The endpoint refuses every wrong signature in the same way, so that an exchange cannot distinguish mistakes in
/// signing: only those are tried that `is_shown` knows from another operation or from a signature.
pub(super) fn of_red_cases(
    operation: Operation,
    is_shown: impl Fn(&'static Mutant) -> bool,
) -> impl Iterator<Item = &'static Mutant> {
    all().filter(move |mutant| {
        let is_distinct = !operation.is_exchange() || mutant.area() != Area::Sign;
        mutant.touches(operation) && (is_distinct || is_shown(mutant))
    })
}

/// Mistakes after which every signature of one of the schemes is wrong, and nothing else.
pub(super) fn of_wrong_signatures() -> impl Iterator<Item = &'static Mutant> {
    ["signature-by-sha1", "acs3-derived-key"]
        .into_iter()
        .filter_map(named)
}
