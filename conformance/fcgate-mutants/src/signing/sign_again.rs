//! Signs a captured request again, with any mistakes.

use fcgate_protocol::{HeaderList, Scheme, SignInput, SignKind, Stages};

use crate::mistake::{Mistake, SigningMistake};
use crate::mutant::Mutant;
use crate::signing::acs3_pieces::Acs3Pieces;
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;

/// A signature with the text around it.
#[derive(Debug, Clone)]
pub struct SignedAgain {
    /// The value of the authorization; for a signed URL the value of its parameter.
    pub authorization: String,
    /// The bytes that it covers: the canonical request of ACS3, the string to sign of `FC`.
    pub covered: Vec<u8>,
    /// The intermediate texts.
    pub stages: Stages,
}

/// Signs a request that has all its headers except the authorization.
///
/// `names` are the signed header names of ACS3. A signed URL comes without its signature.
pub fn sign_again(given: &SignInput, names: &[String], mistakes: &[&Mutant]) -> SignedAgain {
    let request = RequestToSign::new(given, &given.url, &HeaderList::new());
    let id = &given.credentials.access_key_id;
    if given.scheme == Scheme::Acs3 {
        let mut pieces = Acs3Pieces::of(&request, names);
        // The signature covers the digest header; whether it matches the body is checked elsewhere.
        if let Some(digest) = request.value("x-acs-content-sha256") {
            digest.clone_into(&mut pieces.payload);
        }
        for mutant in mistakes {
            if let Mistake::Signing(SigningMistake::Acs3(change)) = mutant.mistake {
                change(&request, &mut pieces);
            }
        }
        let stages = pieces.stages();
        let signature = stages.signature.as_deref().unwrap_or_default();
        return SignedAgain {
            authorization: pieces.authorization(id, signature),
            covered: pieces.canonical_request(),
            stages,
        };
    }
    let mut pieces = FcPieces::of(&request);
    for mutant in mistakes {
        if let Mistake::Signing(SigningMistake::Fc(change)) = mutant.mistake {
            change(&request, &mut pieces);
        }
    }
    let stages = pieces.stages();
    let signature = stages.signature.as_deref().unwrap_or_default();
    let authorization = if given.kind == Some(SignKind::PresignedUrl) {
        (pieces.in_url)(signature)
    } else {
        format!("{}{id}:{signature}", pieces.word)
    };
    SignedAgain {
        authorization,
        covered: pieces.string_to_sign(),
        stages,
    }
}
