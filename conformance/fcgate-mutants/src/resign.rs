//! A captured request signed anew, with any mistakes in it.

use fcgate_protocol::{HeaderList, Scheme, SignInput, SignKind, Stages};

use super::acs3_pieces::Acs3Pieces;
use super::fc_pieces::FcPieces;
use super::mistake::Mistake;
use super::signable::Signable;
use super::signing::SigningMistake;
use super::{Mutant, all, on_the_way};

/// A signature with everything that stands round it.
#[derive(Debug, Clone)]
pub struct Resigned {
    /// The whole value of the authorization; of a signed URL the value of its parameter.
    pub authorization: String,
    /// The bytes that it covers: the canonical request of ACS3, the string to sign of `FC`.
    pub covered: Vec<u8>,
    /// The texts on the way.
    pub stages: Stages,
}

/// The mistakes in signing that can be tried on a request of this scheme.
pub fn of_signing(scheme: Scheme) -> impl Iterator<Item = &'static Mutant> + Clone {
    all()
        .chain(on_the_way())
        .filter(move |mutant| match mutant.mistake {
            Mistake::Signing(SigningMistake::Fc(_)) => scheme == Scheme::Fc,
            Mistake::Signing(SigningMistake::Acs3(_)) => scheme == Scheme::Acs3,
            _ => false,
        })
}

/// Signs a request that has all its headers but the authorization.
///
/// `names` are the signed names of ACS3; the URL of a signed one comes without its signature.
pub fn resign(given: &SignInput, names: &[String], mistakes: &[&Mutant]) -> Resigned {
    let request = Signable::new(given, &given.url, &HeaderList::new());
    let id = &given.credentials.access_key_id;
    if given.scheme == Scheme::Acs3 {
        let mut pieces = Acs3Pieces::of(&request, names);
        // What is signed is the digest that is sent; whether it is that of the body is another question.
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
        return Resigned {
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
    Resigned {
        authorization,
        covered: pieces.string_to_sign(),
        stages,
    }
}
