//! The mistakes that an explanation names.

use fcgate_cases::judge::Difference;
use fcgate_cases::oracle::{Reason, Verdict, sha256_hex};
use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_mutants::search::{Found, FoundMistake};
use fcgate_mutants::{Mutant, any_named};
use fcgate_protocol::{Credentials, SignKind};
use fcgate_text::redaction::abbreviate_id;

use super::authorization::Authorization;
use super::captured::CapturedRequest;
use super::shown_difference;

/// A mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// Its code, for `fcgate explain`; `None` if there is no page.
    pub code: Option<&'static str>,
    /// Its name.
    pub mutant: Option<&'static str>,
    /// What the client does wrong, one sentence without its full stop.
    pub summary: String,
    /// Whether the captured signature proves the mistake.
    pub is_proven: bool,
    /// Whether the signature was made with the secret of the given key.
    pub(super) is_signed_with_given_key: bool,
    /// The text that was signed, if it differs from the text that the service signs.
    pub signed: Option<String>,
    /// The first difference of both texts; expected is the text of the service.
    pub difference: Option<Difference>,
}

impl Cause {
    fn new(mutant: &Mutant) -> Self {
        Self {
            code: Some(mutant.code),
            mutant: Some(mutant.name),
            summary: mutant.summary.to_owned(),
            is_proven: true,
            is_signed_with_given_key: false,
            signed: None,
            difference: None,
        }
    }

    fn found(mistake: &FoundMistake) -> Self {
        let cause = Self::new(mistake.mutant);
        match &mistake.detail {
            Some(detail) => Self {
                summary: format!("{}: {detail}", cause.summary),
                ..cause
            },
            None => cause,
        }
    }

    pub(super) fn without_mutant(summary: impl Into<String>) -> Self {
        Self {
            code: None,
            mutant: None,
            summary: summary.into(),
            is_proven: true,
            is_signed_with_given_key: false,
            signed: None,
            difference: None,
        }
    }

    pub(super) fn older_scheme() -> Option<Self> {
        named("older-scheme-of-the-gateway")
    }

    /// Access key id and secret were given in the wrong order.
    pub(super) fn swapped_key() -> Option<Self> {
        named("access-key-id-and-secret-swapped")
    }

    /// The service computes the same text and another signature. If the signature is valid with the given secret,
    /// the service has another secret. Otherwise the client may have signed another text.
    pub(super) fn strings_agree(is_valid: bool) -> Option<Self> {
        let summary = if is_valid {
            "the strings agree: the secret is wrong"
        } else {
            "the strings agree, so the request arrived as it was captured: the client signed another text \
             (the host, a header or the path was changed after signing), or with another secret"
        };
        named("another-secret").map(|cause| Self {
            code: cause.code.filter(|_| is_valid),
            mutant: cause.mutant.filter(|_| is_valid),
            summary: summary.to_owned(),
            is_proven: is_valid,
            ..cause
        })
    }
}

fn named(name: &str) -> Option<Cause> {
    any_named(name).map(Cause::new)
}

/// The most explanations of one signed text.
const MOST_SHOWN: usize = 6;

/// The explanations of a signature that a search found, the most ordinary first. If there are several, the
/// signed text is proven, and none of them is.
pub(super) fn distinct(found: &[Found], verdict: &Verdict) -> Vec<Vec<Cause>> {
    let mut all: Vec<Vec<Cause>> = Vec::new();
    for found in found {
        let causes = of(found, verdict);
        let same = |other: &Vec<Cause>| {
            let names = other.iter().map(|cause| cause.mutant);
            names.eq(causes.iter().map(|cause| cause.mutant))
        };
        if !all.iter().any(same) && all.len() < MOST_SHOWN {
            all.push(causes);
        }
    }
    // A plus in the URL is by far the most ordinary reason for a plus in the signed text.
    all.sort_by_key(|causes| {
        let mut names = causes.iter().filter_map(|cause| cause.mutant);
        !names.any(|name| name == "plus-sent-unescaped")
    });
    let is_only_one = all.len() == 1;
    for cause in all.iter_mut().flatten() {
        cause.is_proven = is_only_one;
    }
    all
}

/// The mistakes that the search found; the last one has the signed text.
fn of(found: &Found, verdict: &Verdict) -> Vec<Cause> {
    let mut causes: Vec<Cause> = found.mistakes.iter().map(Cause::found).collect();
    let Some(last) = causes.last_mut() else {
        return causes;
    };
    let is_of_secret = |mistake: &FoundMistake| mistake.mutant.name.contains("secret");
    last.is_signed_with_given_key = !found.mistakes.iter().any(is_of_secret);
    let stages = &found.signed.stages;
    let pairs = [
        (&verdict.stages.canonical_request, &stages.canonical_request),
        (&verdict.stages.string_to_sign, &stages.string_to_sign),
    ];
    for (right, signed) in pairs {
        if let (Some(right), Some(signed)) = (right, signed)
            && right != signed
        {
            last.signed = Some(signed.clone());
            last.difference = Some(shown_difference::between(right, signed));
            break;
        }
    }
    causes
}

/// The cause that follows from the reason of the verdict without a search.
pub(super) fn cause_of_reason(
    reason: &Reason,
    request: &CapturedRequest,
    authorization: &Authorization<'_>,
    key: &Credentials,
) -> Option<Cause> {
    let has = |name| request.value(name).is_some();
    let is_acs3 = matches!(authorization, Authorization::Acs3 { .. });
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
            _ => Some(Cause::without_mutant(
                "sends a security token that differs from the token of the given key",
            )),
        },
        Reason::ContentDigest => match request.value("x-acs-content-sha256") {
            None => named("acs3-payload-digest-not-sent"),
            Some(digest) if digest == sha256_hex(b"") => named("acs3-payload-digest-of-no-bytes"),
            Some(_) => Some(Cause::without_mutant(
                "the digest header does not match the body: a proxy or the HTTP client changed one of them",
            )),
        },
        // The search may find these mistakes.
        Reason::Missing
        | Reason::Form(_)
        | Reason::Signature
        | Reason::NotSigned(_)
        | Reason::SignedNames => None,
        Reason::AccessKeyId => Some(Cause::without_mutant(format!(
            "the access key id in the authorization differs from the given key: {} instead of {}",
            abbreviate_id(authorization.access_key_id()),
            abbreviate_id(&key.access_key_id)
        ))),
        Reason::DateMissing | Reason::SignedButAbsent(_) => {
            Some(Cause::without_mutant(reason.to_string()))
        }
    }
}

/// The likely cause by the appearance of the request, without proof.
pub(super) fn likely_cause(request: &CapturedRequest) -> Option<Cause> {
    let path = request.path();
    let is_cut = request.method == "POST"
        && sign_kind_of_target(&request.target) == SignKind::Api
        && path.contains("/functions/")
        && !path.ends_with("/invocations")
        && !request.query().contains('=');
    let cause = is_cut.then(|| named("name-unescaped")).flatten()?;
    Some(Cause {
        is_proven: false,
        ..cause
    })
}
