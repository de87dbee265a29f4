//! The mutants that each search tries.

use fcgate_cases::corpus::Operation;
use fcgate_protocol::Scheme;

use crate::catalog::{all, captured_only};
use crate::mistake::{Mistake, SigningMistake};
use crate::mutant::{Area, Mutant};

/// The mistakes with which a captured request can be signed again.
pub(super) fn of_captured_request(scheme: Scheme) -> impl Iterator<Item = &'static Mutant> + Clone {
    all()
        .chain(captured_only())
        .filter(move |mutant| match mutant.mistake {
            Mistake::Signing(SigningMistake::Fc(_)) => scheme == Scheme::Fc,
            Mistake::Signing(SigningMistake::Acs3(_)) => scheme == Scheme::Acs3,
            _ => false,
        })
}

/// The mistakes that change the reply of `sign`, headers included.
pub(super) fn of_refused_request() -> impl Iterator<Item = &'static Mutant> + Clone {
    all().filter(|mutant| mutant.touches(Operation::Sign))
}

/// The mistakes that red cases of these operations can show.
pub(super) fn of_red_cases(operations: &[Operation]) -> impl Iterator<Item = &'static Mutant> {
    all().filter(|mutant| {
        operations.iter().any(|operation| {
            // The endpoint refuses every wrong signature in the same way, so that `invoke` cannot distinguish
            // these mistakes.
            let is_distinct = *operation != Operation::Invoke
                || !matches!(mutant.area(), Area::Sign | Area::Build);
            is_distinct && mutant.touches(*operation)
        })
    })
}
