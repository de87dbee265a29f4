//! Signing anew: what the right one added, with one mistake or none.

use fcgate_protocol::{HeaderList, Scheme, SignInput, SignKind, SignOutput};

use super::Mutant;
use super::acs3_pieces::Acs3Pieces;
use super::fc_pieces::FcPieces;
use super::mistake::Mistake;
use super::signable::Signable;
use super::spelling::encode;

/// A mistake in signing.
#[derive(Debug, Clone, Copy)]
pub(super) enum SigningMistake {
    /// In the headers that the `FC` scheme adds.
    FcAdds(fn(&SignInput, &mut HeaderList)),
    /// In the string to sign or the authorization of the `FC` scheme.
    Fc(fn(&Signable<'_>, &mut FcPieces)),
    /// In the headers that ACS3 adds.
    Acs3Adds(fn(&SignInput, &mut HeaderList)),
    /// In the canonical request, the string to sign or the authorization of ACS3.
    Acs3(fn(&Signable<'_>, &mut Acs3Pieces)),
    /// In something that is lost before the request is on the wire; it can only be guessed.
    Lost,
}

const AUTHORIZATION: &str = "authorization";
const SIGNATURE_PARAMETER: &str = "x-fc-signature=";
const TOKEN: &str = "x-fc-security-token";

/// The answer to a `sign` with a mistake in it, made of what the right one answers.
pub(super) fn sign(
    given: &SignInput,
    right: &SignOutput,
    mistake: Option<SigningMistake>,
) -> SignOutput {
    let known = Signable::new(given, &given.url, &right.headers).headers;
    sign_beyond(given, right, &known, mistake)
}

/// The same where the right one has not seen all headers: `known` are those that it has seen.
pub(super) fn sign_beyond(
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
    let request = Signable::new(given, &given.url, &added);
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
        // The token is no header here, but stands in the query.
        let token = given.credentials.security_token.as_deref();
        added.extend(token.map(|token| (TOKEN.to_owned(), token.to_owned())));
        change(given, &mut added);
        if !added.contains(TOKEN) {
            let parameter = format!("&{TOKEN}={}", encode(token.unwrap_or("").as_bytes()));
            url = url.replace(&parameter, "");
        }
        added.remove(TOKEN);
    }
    let request = Signable::new(given, &url, &right.headers);
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
    let request = Signable::new(given, &given.url, &added);
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

/// The names that the right one signs, in its order.
fn signed_names(right: &HeaderList) -> Vec<String> {
    let authorization = right.get(AUTHORIZATION).unwrap_or_default();
    let names = authorization
        .split_once("SignedHeaders=")
        .and_then(|(_, rest)| rest.split_once(','))
        .map_or("", |(names, _)| names);
    names.split(';').map(str::to_owned).collect()
}

/// The names that the right one signs, without those that are gone, with those that it has not seen.
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

/// A mistake in the string to sign or the authorization of the `FC` scheme.
pub(super) const fn fc(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    change: fn(&Signable<'_>, &mut FcPieces),
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
    change: fn(&Signable<'_>, &mut Acs3Pieces),
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

/// A mistake by which something is signed that is not sent.
pub(super) const fn lost(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
) -> Mutant {
    let mistake = Mistake::Signing(SigningMistake::Lost);
    Mutant::new(code, name, summary, requirements, mistake)
}
