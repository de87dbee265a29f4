//! Signs a captured request again, with any mistakes.

use fcgate_protocol::{HeaderList, SignInput, SignKind, Stages};

use crate::mistake::{Mistake, SigningMistake};
use crate::mutant::Mutant;
use crate::signing::acs_v1;
use crate::signing::acs3_pieces::Acs3Pieces;
use crate::signing::encoding::{base64, hmac_sha1, text};
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;
use crate::signing::rule::Rule;

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
pub fn sign_again(
    rule: Rule,
    given: &SignInput,
    names: &[String],
    mistakes: &[&Mutant],
) -> SignedAgain {
    let request = RequestToSign::new(given, &given.url, &HeaderList::new());
    let id = &given.credentials.access_key_id;
    if rule == Rule::AcsV1 {
        return by_acs_v1(&request);
    }
    if rule == Rule::Acs3 {
        let mut pieces = Acs3Pieces::as_sent(&request, names);
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

fn by_acs_v1(request: &RequestToSign<'_>) -> SignedAgain {
    let covered = acs_v1::string_to_sign(request);
    let key = &request.given.credentials;
    let signature = base64(&hmac_sha1(key.access_key_secret.as_bytes(), &covered));
    SignedAgain {
        authorization: format!("acs {}:{signature}", key.access_key_id),
        stages: Stages {
            string_to_sign: Some(text(covered.clone())),
            signature: Some(signature),
            ..Stages::default()
        },
        covered,
    }
}
