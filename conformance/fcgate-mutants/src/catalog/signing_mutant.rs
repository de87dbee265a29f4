//! Constructors of mutants whose mistake is in signing.

use fcgate_protocol::{HeaderList, SignInput};

use crate::mistake::{Mistake, SigningMistake};
use crate::mutant::Mutant;
use crate::signing::acs3_pieces::Acs3Pieces;
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;

use super::constructor::constructor;

constructor!(
    /// A mistake in the string to sign or the authorization of the `FC` scheme.
    fc,
    |change: fn(&RequestToSign<'_>, &mut FcPieces)| Mistake::Signing(SigningMistake::Fc(change))
);

constructor!(
    /// A mistake in the headers that the `FC` scheme adds.
    fc_adds,
    |change: fn(&SignInput, &mut HeaderList)| Mistake::Signing(SigningMistake::FcAdds(change))
);

constructor!(
    /// A mistake in the canonical request, the string to sign or the authorization of ACS3.
    acs3,
    |change: fn(&RequestToSign<'_>, &mut Acs3Pieces)| Mistake::Signing(SigningMistake::Acs3(change))
);

constructor!(
    /// A mistake in the headers that ACS3 adds.
    acs3_adds,
    |change: fn(&SignInput, &mut HeaderList)| Mistake::Signing(SigningMistake::Acs3Adds(change))
);

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
