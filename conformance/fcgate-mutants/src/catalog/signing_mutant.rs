//! Constructors of mutants whose mistake is in signing.

use fcgate_protocol::{HeaderList, SignInput};

use crate::mistake::{Mistake, SigningMistake};
use crate::mutant::Mutant;
use crate::signing::acs3_pieces::Acs3Pieces;
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;

/// A mistake in the string to sign or the authorization of the `FC` scheme.
pub(super) const fn fc(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    change: fn(&RequestToSign<'_>, &mut FcPieces),
) -> Mutant {
    let mistake = Mistake::Signing(SigningMistake::Fc(change));
    Mutant::new(code, name, summary, requirements, mistake)
}

/// A mistake in the headers that the `FC` scheme adds.
pub(super) const fn fc_adds(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    change: fn(&SignInput, &mut HeaderList),
) -> Mutant {
    let mistake = Mistake::Signing(SigningMistake::FcAdds(change));
    Mutant::new(code, name, summary, requirements, mistake)
}

/// A mistake in the canonical request, the string to sign or the authorization of ACS3.
pub(super) const fn acs3(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    change: fn(&RequestToSign<'_>, &mut Acs3Pieces),
) -> Mutant {
    let mistake = Mistake::Signing(SigningMistake::Acs3(change));
    Mutant::new(code, name, summary, requirements, mistake)
}

/// A mistake in the headers that ACS3 adds.
pub(super) const fn acs3_adds(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    change: fn(&SignInput, &mut HeaderList),
) -> Mutant {
    let mistake = Mistake::Signing(SigningMistake::Acs3Adds(change));
    Mutant::new(code, name, summary, requirements, mistake)
}

/// A mistake between signing and sending: the signed value is not sent.
pub(super) const fn not_sent(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
) -> Mutant {
    let mistake = Mistake::Signing(SigningMistake::NotSent);
    Mutant::new(code, name, summary, requirements, mistake)
}
