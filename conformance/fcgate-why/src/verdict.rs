//! The verdict on the signature of a captured request, by the rule of its scheme.

use std::collections::BTreeSet;

use fcgate_cases::oracle::{self, Reason, Verdict};
use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_mutants::search::SignedRequest;
use fcgate_protocol::{Credentials, Scheme, SignKind, Stages};

use super::authorization::Authorization;
use super::captured::{CapturedRequest, Exchange};

/// The verdict, and what the manual wants but no source shows that the service refuses.
#[derive(Debug)]
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    /// The headers that the manual wants signed and that are not among the signed names of ACS3.
    pub(super) unsigned: Vec<String>,
}

/// Judges the signature; `signed` is the same request as the search reads it.
pub(super) fn judge(
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    signed: Option<&SignedRequest>,
    key: &Credentials,
) -> Judgement {
    let request = &exchange.request;
    let wire = request.wire();
    let of_scheme = |verdict| Judgement {
        verdict,
        unsigned: Vec::new(),
    };
    match authorization {
        Authorization::Fc { .. } => {
            let kind = sign_kind_of_target(&request.target);
            of_scheme(oracle::verify(&wire, Scheme::Fc, kind, key))
        }
        Authorization::Url { .. } => {
            let kind = SignKind::PresignedUrl;
            of_scheme(oracle::verify(&wire, Scheme::Fc, kind, key))
        }
        Authorization::Acs3 { .. } => of_acs3(exchange, authorization, key),
        Authorization::AcsV1 { id, .. } => of_scheme(of_acs_v1(id, signed, key)),
        Authorization::Bearer | Authorization::None => of_scheme(Verdict {
            reason: Some(Reason::Missing),
            stages: Stages::default(),
        }),
    }
}

/// The signature by the own list of signed names: what a verifier can compute. The manual wants more names, but
/// no source shows that the service insists on them, and its recipe for HTTP triggers signs neither host nor body.
fn of_acs3(exchange: &Exchange, authorization: &Authorization<'_>, key: &Credentials) -> Judgement {
    let request = &exchange.request;
    let wire = request.wire();
    let Authorization::Acs3 {
        names, signature, ..
    } = authorization
    else {
        return Judgement {
            verdict: oracle::verify(&wire, Scheme::Acs3, SignKind::Api, key),
            unsigned: Vec::new(),
        };
    };
    let mut verdict = oracle::verify(&wire, Scheme::Acs3, SignKind::Api, key);
    let digest = request.value("x-acs-content-sha256");
    let of_trigger = sign_kind_of_target(&request.target) == SignKind::HttpTrigger;
    let is_of_recipe = of_trigger && digest.is_none();
    let is_strict = exchange.is_strict && !is_of_recipe;
    let by_sent_names = match &verdict.reason {
        Some(Reason::NotSigned(_)) => !is_strict,
        Some(Reason::ContentDigest | Reason::SecurityToken | Reason::Signature) | None => true,
        Some(_) => false,
    };
    if by_sent_names && !verdict.verifies() {
        let token = request.value("x-acs-security-token");
        let own = key.security_token.as_deref();
        verdict.reason = if digest != Some(wire.body_sha256.as_str()) && !is_of_recipe {
            Some(Reason::ContentDigest)
        } else if own.is_some_and(|own| token != Some(own.trim())) {
            Some(Reason::SecurityToken)
        } else {
            (verdict.stages.signature.as_deref() != Some(*signature)).then_some(Reason::Signature)
        };
    }
    let unsigned = if by_sent_names {
        unsigned_names(request, names)
    } else {
        Vec::new()
    };
    if verdict.stages == Stages::default() {
        // A malformed authorization may still list the signed names.
        let stages = oracle::acs3_stages(&wire, names, &key.access_key_secret);
        verdict.stages = stages.unwrap_or_default();
    }
    Judgement { verdict, unsigned }
}

/// The headers that the manual wants signed and that are not signed.
fn unsigned_names(request: &CapturedRequest, names: &str) -> Vec<String> {
    let signed: BTreeSet<&str> = names.split(';').collect();
    let present = request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase());
    let wanted: BTreeSet<String> = std::iter::once("host".to_owned())
        .chain(present.filter(|name| name == "content-type" || name.starts_with("x-acs-")))
        .collect();
    wanted
        .into_iter()
        .filter(|name| !signed.contains(name.as_str()))
        .collect()
}

fn of_acs_v1(id: &str, signed: Option<&SignedRequest>, key: &Credentials) -> Verdict {
    let stages = signed
        .map(|signed| signed.sign().stages)
        .unwrap_or_default();
    let is_right = signed.is_some_and(SignedRequest::is_signed_correctly);
    let reason = if id != key.access_key_id {
        Some(Reason::AccessKeyId)
    } else if is_right {
        None
    } else {
        Some(Reason::Signature)
    };
    Verdict { reason, stages }
}
