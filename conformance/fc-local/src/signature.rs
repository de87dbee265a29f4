//! Verifies the signature of a request: its scheme, its validity, accepted deviations, and mistakes.

mod authentication;
mod signed_input;
mod token;

use fcgate_cases::corpus::{SignExpectation, Stimulus};
use fcgate_cases::judge::{self, Check};
use fcgate_cases::oracle::{self, Reason};
use fcgate_mutants::Mutant;
use fcgate_protocol::{Credentials, Reply, Scheme, SignKind, SignOutput, Stages};
use jiff::Timestamp;

use super::explanation::{Explained, Explainer};
use super::finding::{LONGEST_BODY, remove_body};
use super::keys::Keys;
use super::received_request::ReceivedRequest;
use super::request_time::{self, TimeRefusal};
use super::route::Route;
use super::signature_deviations;
use super::trigger_signature;

pub(super) use self::authentication::{Authentication, parameter};
pub(super) use self::token::unknown_tokens;

use self::authentication::{key_id, signed_names};
use self::signed_input::{added_by_signing, before_signing};

/// The result of verifying a signature.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) authentication: Authentication,
    /// The access key id as sent; empty if there is none.
    pub(super) key_id: String,
    pub(super) refusal: Option<Refusal>,
    /// The deviations from the published rule that the server accepted.
    pub(super) deviations: Vec<&'static str>,
    /// The texts that the rule gives for the headers that the client signed.
    pub(super) stages: Stages,
    /// The known mistake that gives exactly this signature.
    pub(super) mistake: Option<&'static Mutant>,
    /// What `fcgate why` prints for a wrong signature.
    pub(super) explanation: Option<String>,
    pub(super) checks: Vec<Check>,
    /// The check of the form of the time; `None` if it has the usual form.
    pub(super) time_form: Option<Check>,
    pub(super) stimulus: Stimulus,
}

/// The reason for refusing the signature of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    Missing,
    Foreign(&'static str),
    NoDate,
    KeyId(String),
    /// The signature is correct; the text says what is wrong with the token.
    Token(String),
    /// A signed URL that expired this many minutes ago.
    Expired(i64),
    Time(TimeRefusal),
    /// A bearer token that is not the printed one.
    BearerToken,
    /// The HTTP trigger demands a bearer token, and the request has no `Authorization`.
    NoBearerToken,
    Other(String),
}

impl Refusal {
    /// Whether `fcgate why` can say more about it.
    pub(super) fn is_explainable(&self) -> bool {
        matches!(
            self,
            Self::KeyId(_) | Self::Token(_) | Self::Time(_) | Self::Other(_)
        )
    }
}

/// Judges the signature of a request that was sent to `host`.
pub(super) fn judge(
    received: &ReceivedRequest,
    route: &Route,
    keys: &Keys,
    host: &str,
    (explainer, now): (&Explainer, Timestamp),
) -> Signature {
    let authentication = Authentication::of(received, route);
    let (scheme, kind) = match authentication {
        Authentication::Signed(scheme, kind) => (scheme, kind),
        Authentication::Bearer
        | Authentication::Anonymous
        | Authentication::Foreign(_)
        | Authentication::Unsigned => (Scheme::Fc, SignKind::Api),
    };
    let claimed = key_id(received, scheme, kind).unwrap_or_default();
    let key = keys.of(&claimed).unwrap_or(&keys.lasting);
    let given = before_signing(received, scheme, kind, key, host);
    let expires = given.expires.filter(|_| kind == SignKind::PresignedUrl);
    let mut signature = Signature {
        refusal: match authentication {
            Authentication::Signed(..) | Authentication::Bearer | Authentication::Anonymous => None,
            Authentication::Foreign(word) => Some(Refusal::Foreign(word)),
            Authentication::Unsigned => Some(Refusal::Missing),
        },
        authentication,
        key_id: claimed.clone(),
        deviations: Vec::new(),
        stages: Stages::default(),
        mistake: None,
        explanation: None,
        checks: Vec::new(),
        time_form: None,
        stimulus: Stimulus::Sign {
            given,
            expect: SignExpectation::default(),
        },
    };
    match signature.refusal {
        None if signature.authentication == Authentication::Anonymous => {}
        None if signature.authentication == Authentication::Bearer => {
            signature.judge_bearer_token(received);
        }
        None => {
            let explain = || explainer.explain(received, key, now);
            let parts = (scheme, kind, &explain as &dyn Fn() -> Explained);
            signature.verify(received, route, &claimed, keys, key, parts);
            signature.expire(expires, now);
            if kind != SignKind::PresignedUrl {
                signature.judge_time(received, route, scheme, now);
            }
        }
        Some(Refusal::Missing) => {
            let check = Check::holds("verifies", false, "the request is signed", "it is not");
            signature.checks.push(check);
        }
        Some(_) => signature.checks.push(Check::unsupported("verifies")),
    }
    remove_body(&mut signature.stimulus, LONGEST_BODY);
    signature
}

impl Signature {
    fn verify(
        &mut self,
        received: &ReceivedRequest,
        route: &Route,
        claimed: &str,
        keys: &Keys,
        key: &Credentials,
        (scheme, kind, explain): (Scheme, SignKind, &dyn Fn() -> Explained),
    ) {
        let request = received.request(scheme);
        // The token is checked below, because a client may use the same key with or without a token.
        let plain = Credentials::new(&key.access_key_id, &key.access_key_secret);
        let of_rule = if scheme == Scheme::Acs3 {
            SignKind::Api
        } else {
            kind
        };
        let verdict = oracle::verify(&request, scheme, of_rule, &plain);
        self.stages = verdict.stages;
        let is_trigger = matches!(route, Route::TriggerHost(..));
        let has_no_date =
            is_trigger && scheme == Scheme::Acs3 && received.value("x-acs-date").is_none();
        let deviations = match (&verdict.reason, scheme) {
            (Some(_), _) if has_no_date => None,
            (None, _) => Some(Vec::new()),
            (Some(Reason::Signature), Scheme::Fc) if kind != SignKind::PresignedUrl => {
                signature_deviations::of_fc(&request, kind, &plain)
            }
            (Some(reason), Scheme::Acs3) => {
                let of_trigger =
                    is_trigger.then(|| trigger_signature::deviations(&request, &plain));
                of_trigger
                    .flatten()
                    .or_else(|| signature_deviations::of_acs3(&request, &plain, reason))
            }
            (Some(_), _) => None,
        };
        let refused = verdict.reason.filter(|_| deviations.is_none());
        self.deviations = deviations.unwrap_or_default();
        self.compare(received, claimed, refused.as_ref(), explain);
        self.refusal = refused.map(|reason| match reason {
            Reason::AccessKeyId => Refusal::KeyId(claimed.to_owned()),
            Reason::DateMissing => Refusal::NoDate,
            _ if has_no_date => Refusal::NoDate,
            reason => Refusal::Other(reason.to_string()),
        });
        if let Some(check) = token::check(received, scheme, kind, key, keys) {
            if check.failed() && self.refusal.is_none() {
                self.refusal = Some(Refusal::Token(check.actual_text().unwrap_or_default()));
            }
            self.checks.push(check);
        }
    }

    /// Compares the bearer token with the printed one.
    fn judge_bearer_token(&mut self, received: &ReceivedRequest) {
        let value = received.value("authorization");
        let parts = value.and_then(|value| value.split_once(' '));
        let token = parts.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let holds = token.is_some_and(|(_, token)| token.trim() == Keys::bearer_token());
        let actual = match (holds, value, token) {
            (true, ..) => "it is",
            (false, None, _) => "no Authorization",
            (false, Some(_), None) => "another scheme",
            (false, Some(_), Some(_)) => "another token",
        };
        let expected = "the bearer token is the one that the server prints";
        let check = Check::holds("bearer-token", holds, expected, actual);
        self.checks.push(check);
        self.refusal = match (holds, value) {
            (true, _) => None,
            (false, None) => Some(Refusal::NoBearerToken),
            (false, Some(_)) => Some(Refusal::BearerToken),
        };
    }

    /// Refuses a signed URL that has expired. The SDK's test of the service expects status 403 for it.
    fn expire(&mut self, expires: Option<i64>, now: Timestamp) {
        let late = expires.map_or(0, |time| now.as_second() - time);
        if late > 0 && self.refusal.is_none() {
            self.refusal = Some(Refusal::Expired(late / 60));
        }
    }

    /// Judges the time of the request. The service compares it before it computes the signature.
    fn judge_time(
        &mut self,
        received: &ReceivedRequest,
        route: &Route,
        scheme: Scheme,
        now: Timestamp,
    ) {
        let Some(verdict) = request_time::judge(received, scheme, now) else {
            return;
        };
        self.checks.push(verdict.check);
        let is_of_samples = matches!(route, Route::TriggerHost(..))
            && received
                .value("x-acs-date")
                .is_some_and(trigger_signature::is_time_of_samples);
        self.time_form = verdict.form.filter(|_| !is_of_samples);
        let is_compared = !matches!(self.refusal, Some(Refusal::KeyId(_) | Refusal::NoDate));
        if let Some(refusal) = verdict.refusal.filter(|_| is_compared) {
            self.refusal = Some(Refusal::Time(refusal));
        }
    }

    /// Runs the checks of the gate: compares what the client sent with what the rule gives.
    fn compare(
        &mut self,
        received: &ReceivedRequest,
        claimed: &str,
        reason: Option<&Reason>,
        explain: &dyn Fn() -> Explained,
    ) {
        let Stimulus::Sign { given, expect } = &mut self.stimulus else {
            return;
        };
        let in_url = given.kind == Some(SignKind::PresignedUrl);
        let mut output = SignOutput::new(added_by_signing(received, given.scheme));
        output.url = in_url.then(|| given.url.clone());
        expect.verifies = (self.deviations.is_empty()).then_some(true);
        let sent = received.value("authorization");
        match reason {
            None => expect.authorization = sent.map(str::to_owned),
            // The secret of another key is unknown, so its signature cannot be computed.
            Some(Reason::AccessKeyId) => {}
            Some(_) => {
                let right = right(received, given.scheme, claimed, &self.stages);
                expect.authorization = right.filter(|_| !in_url);
                let explained = explain();
                self.explanation = Some(explained.text);
                if let Some(mistake) = explained.mistake {
                    self.mistake = Some(mistake.mutant);
                    expect.authorization = mistake.authorization.or(expect.authorization.take());
                    if mistake.signed != Stages::default() {
                        expect.stages = Some(text_of(given.scheme, &mistake.rule));
                        output.stages = Some(text_of(given.scheme, &mistake.signed));
                    }
                }
            }
        }
        self.checks = judge::sign(given, expect, &Reply::Ok(output));
    }
}

/// The text that shows the most about a signature of this scheme.
fn text_of(scheme: Scheme, stages: &Stages) -> Stages {
    match scheme {
        Scheme::Fc => Stages {
            string_to_sign: stages.string_to_sign.clone(),
            ..Stages::default()
        },
        Scheme::Acs3 => Stages {
            canonical_request: stages.canonical_request.clone(),
            ..Stages::default()
        },
    }
}

/// The Authorization value that the rule gives for this request.
fn right(received: &ReceivedRequest, scheme: Scheme, id: &str, stages: &Stages) -> Option<String> {
    let signature = stages.signature.as_deref()?;
    match scheme {
        Scheme::Fc => Some(format!("FC {id}:{signature}")),
        Scheme::Acs3 => {
            let names = signed_names(received)?;
            let start = format!("ACS3-HMAC-SHA256 Credential={id},SignedHeaders={names}");
            Some(format!("{start},Signature={signature}"))
        }
    }
}
