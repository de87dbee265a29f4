//! Why a signature is wrong.

use fcgate_cases::judge::{Difference, foreign_id};
use fcgate_cases::oracle::{Reason, Verdict, sha256_hex};
use fcgate_cases::recorded::kind_of;
use fcgate_mutants::{self as mutant, Mutant};
use fcgate_protocol::{Credentials, SignKind};

use super::captured::CapturedRequest;
use super::carrier::Carrier;
use super::search::Found;

/// A mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// Its code, for `fcgate explain`; nothing for what has no page.
    pub code: Option<&'static str>,
    /// Its name.
    pub mutant: Option<&'static str>,
    /// What is done wrongly, one sentence without its full stop.
    pub summary: String,
    /// Whether the captured request proves it: signed so, it has the captured signature.
    pub is_proven: bool,
    /// The text that was signed, where it is another one than the service signs.
    pub signed: Option<String>,
    /// Where both texts part: expected is the text of the service.
    pub difference: Option<Difference>,
}

impl Cause {
    fn new(mutant: &Mutant) -> Self {
        Self {
            code: Some(mutant.code),
            mutant: Some(mutant.name),
            summary: mutant.summary.to_owned(),
            is_proven: true,
            signed: None,
            difference: None,
        }
    }

    pub(super) fn of_words(summary: impl Into<String>) -> Self {
        Self {
            code: None,
            mutant: None,
            summary: summary.into(),
            is_proven: true,
            signed: None,
            difference: None,
        }
    }

    pub(super) fn older_scheme() -> Option<Self> {
        named("older-scheme-of-the-gateway")
    }

    /// The secret is another one than that of the service.
    pub(super) fn another_secret(is_proven: bool) -> Option<Self> {
        named("another-secret").map(|cause| Self {
            summary: "the strings agree: the secret is wrong".to_owned(),
            is_proven,
            ..cause
        })
    }
}

fn named(name: &str) -> Option<Cause> {
    mutant::mistake(name).map(Cause::new)
}

/// The mistakes that were found, with what was signed at the last of them.
pub(super) fn of(found: &Found, verdict: &Verdict) -> Vec<Cause> {
    let mut causes: Vec<Cause> = found
        .mistakes
        .iter()
        .map(|mutant| Cause::new(mutant))
        .collect();
    let Some(last) = causes.last_mut() else {
        return causes;
    };
    if let Some(detail) = &found.detail {
        last.summary = format!("{}: {detail}", last.summary);
    }
    let stages = &found.resigned.stages;
    let pairs = [
        (&verdict.stages.canonical_request, &stages.canonical_request),
        (&verdict.stages.string_to_sign, &stages.string_to_sign),
    ];
    for (right, signed) in pairs {
        if let (Some(right), Some(signed)) = (right, signed)
            && right != signed
        {
            last.signed = Some(signed.clone());
            last.difference = Some(Difference::between(right.as_bytes(), signed.as_bytes()));
            break;
        }
    }
    causes
}

/// What a reason says without a search.
pub(super) fn of_reason(
    reason: &Reason,
    request: &CapturedRequest,
    carrier: &Carrier<'_>,
    key: &Credentials,
) -> Option<Cause> {
    let has = |name| request.value(name).is_some();
    let is_acs3 = matches!(carrier, Carrier::Acs3 { .. });
    match reason {
        Reason::SecurityToken => match (
            is_acs3,
            has("x-fc-security-token"),
            has("x-acs-security-token"),
        ) {
            (true, true, false) => named("acs3-security-token-in-the-header-of-fc"),
            (true, false, false) => named("acs3-security-token-not-sent"),
            (false, false, true) => named("security-token-in-the-header-of-acs3"),
            (false, false, false) => named("security-token-not-sent"),
            _ => Some(Cause::of_words(
                "it sends another security token than the one of this key",
            )),
        },
        Reason::ContentDigest => match request.value("x-acs-content-sha256") {
            None => named("acs3-payload-digest-not-sent"),
            Some(digest) if digest == sha256_hex(b"") => named("acs3-payload-digest-of-nothing"),
            Some(_) => Some(Cause::of_words(
                "the digest that it sends is not that of the body: one of them was changed on the way",
            )),
        },
        // What else is wrong may be found by the search.
        Reason::Missing
        | Reason::Form(_)
        | Reason::Signature
        | Reason::NotSigned(_)
        | Reason::SignedNames => None,
        Reason::AccessKeyId => Some(Cause::of_words(format!(
            "the authorization names another access key id than that of the key here: {}, not {}",
            foreign_id(carrier.access_key_id()),
            foreign_id(&key.access_key_id)
        ))),
        Reason::DateMissing | Reason::SignedButAbsent(_) => {
            Some(Cause::of_words(reason.to_string()))
        }
    }
}

/// What the request looks like, where nothing can be proven.
pub(super) fn by_sight(request: &CapturedRequest) -> Option<Cause> {
    let path = request.path();
    let is_cut = request.method == "POST"
        && kind_of(&request.target) == SignKind::Api
        && path.contains("/functions/")
        && !path.ends_with("/invocations")
        && !request.query().contains('=');
    let cause = is_cut.then(|| named("name-unescaped")).flatten()?;
    Some(Cause {
        is_proven: false,
        ..cause
    })
}
