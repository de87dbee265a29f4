//! Signs what the correct implementation signed again, with one mistake or none.

use fcgate_protocol::{HeaderList, Scheme, SignInput, SignKind, SignOutput};

use crate::mistake::SigningMistake;
use crate::signing::acs3_pieces::Acs3Pieces;
use crate::signing::encoding::encode;
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;

const AUTHORIZATION: &str = "authorization";
const SIGNATURE_PARAMETER: &str = "x-fc-signature=";
const TOKEN: &str = "x-fc-security-token";

/// The output of `sign` with a mistake, made from the output of the correct implementation.
pub(crate) fn sign(
    given: &SignInput,
    right: &SignOutput,
    mistake: Option<SigningMistake>,
) -> SignOutput {
    let known = RequestToSign::new(given, &given.url, &right.headers).headers;
    sign_with_known(given, right, &known, mistake)
}

/// The same for a request with headers that the correct implementation has not seen: `known` are those that
/// it has seen.
pub(crate) fn sign_with_known(
    given: &SignInput,
    right: &SignOutput,
    known: &HeaderList,
    mistake: Option<SigningMistake>,
) -> SignOutput {
    match given.scheme {
        Scheme::Acs3 => by_acs3(given, right, known, mistake),
        Scheme::Fc if given.kind == Some(SignKind::PresignedUrl) => in_url(given, right, mistake),
        Scheme::Fc => by_fc(given, right, mistake),
    }
}

fn by_fc(given: &SignInput, right: &SignOutput, mistake: Option<SigningMistake>) -> SignOutput {
    let mut added = right.headers.clone();
    added.remove(AUTHORIZATION);
    if let Some(SigningMistake::FcAdds(change)) = mistake {
        change(given, &mut added);
    }
    let request = RequestToSign::new(given, &given.url, &added);
    let mut pieces = FcPieces::of(&request);
    if let Some(SigningMistake::Fc(change)) = mistake {
        change(&request, &mut pieces);
    }
    let stages = pieces.stages();
    let id = &given.credentials.access_key_id;
    let signature = stages.signature.as_deref().unwrap_or_default();
    let authorization = format!("{}{id}:{signature}", pieces.word);
    added.push(AUTHORIZATION.to_owned(), authorization);
    SignOutput::new(added).stages(stages)
}

fn in_url(given: &SignInput, right: &SignOutput, mistake: Option<SigningMistake>) -> SignOutput {
    let right_url = right.url.as_deref().unwrap_or_default();
    let unsigned = right_url
        .find(SIGNATURE_PARAMETER)
        .and_then(|at| right_url.get(..at))
        .unwrap_or(right_url);
    let mut url = unsigned.trim_end_matches(['&', '?']).to_owned();
    let mut added = right.headers.clone();
    if let Some(SigningMistake::FcAdds(change)) = mistake {
        // In a signed URL the token is a parameter, not a header.
        let token = given.credentials.security_token.as_deref();
        added.extend(token.map(|token| (TOKEN.to_owned(), token.to_owned())));
        change(given, &mut added);
        if !added.contains(TOKEN) {
            let parameter = format!("&{TOKEN}={}", encode(token.unwrap_or("").as_bytes()));
            url = url.replace(&parameter, "");
        }
        added.remove(TOKEN);
    }
    let request = RequestToSign::new(given, &url, &right.headers);
    let mut pieces = FcPieces::of(&request);
    if let Some(SigningMistake::Fc(change)) = mistake {
        change(&request, &mut pieces);
    }
    let stages = pieces.stages();
    let signature = (pieces.in_url)(stages.signature.as_deref().unwrap_or_default());
    let signed = format!("{url}&{SIGNATURE_PARAMETER}{signature}");
    SignOutput::new(added).url(signed).stages(stages)
}

fn by_acs3(
    given: &SignInput,
    right: &SignOutput,
    known: &HeaderList,
    mistake: Option<SigningMistake>,
) -> SignOutput {
    let mut added = right.headers.clone();
    added.remove(AUTHORIZATION);
    let right_names = signed_names(&right.headers);
    if let Some(SigningMistake::Acs3Adds(change)) = mistake {
        change(given, &mut added);
    }
    let request = RequestToSign::new(given, &given.url, &added);
    let names = names(&right_names, known, &request.headers);
    let mut pieces = Acs3Pieces::of(&request, &names);
    if let Some(SigningMistake::Acs3(change)) = mistake {
        change(&request, &mut pieces);
    }
    let stages = pieces.stages();
    let id = &given.credentials.access_key_id;
    let signature = stages.signature.as_deref().unwrap_or_default();
    let authorization = pieces.authorization(id, signature);
    added.push(AUTHORIZATION.to_owned(), authorization);
    SignOutput::new(added).stages(stages)
}

/// The names that the correct implementation signs, in its order.
fn signed_names(right: &HeaderList) -> Vec<String> {
    let authorization = right.get(AUTHORIZATION).unwrap_or_default();
    let names = authorization
        .split_once("SignedHeaders=")
        .and_then(|(_, rest)| rest.split_once(','))
        .map_or("", |(names, _)| names);
    names.split(';').map(str::to_owned).collect()
}

/// The names that the correct implementation signs, without the removed headers, with the new ones.
fn names(right: &[String], known: &HeaderList, present: &HeaderList) -> Vec<String> {
    let is_in = |headers: &HeaderList, name: &str| headers.contains(name);
    let kept = right
        .iter()
        .filter(|name| *name == "host" || is_in(present, name))
        .cloned();
    let new = present
        .iter()
        .filter(|(name, _)| !is_in(known, name))
        .map(|(name, _)| name.to_ascii_lowercase());
    let mut names: Vec<String> = kept.chain(new).collect();
    names.sort();
    names.dedup();
    names
}
