//! The signature of a request: which scheme, whether it holds, what was granted, what is wrong.

mod form;
mod given;
mod mistake;

use crate::corpus::{SignExpectation, Stimulus};
use crate::judge::{self, Check};
use crate::mutant::Mutant;
use crate::oracle::{self, Reason};
use crate::protocol::{Credentials, Reply, Scheme, SignKind, SignOutput, Stages};

use super::keys::Keys;
use super::leniency;
use super::place::Place;
use super::wire::Arrived;

pub(super) use self::form::Form;

use self::form::{key_id, parameter};
use self::given::{given, taken_out};

/// What became of a signature.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) form: Form,
    pub(super) refusal: Option<Refusal>,
    /// What was granted beyond the published rule.
    pub(super) granted: Vec<&'static str>,
    pub(super) stages: Stages,
    pub(super) mistake: Option<&'static Mutant>,
    pub(super) checks: Vec<Check>,
    pub(super) stimulus: Stimulus,
}

/// Why a request is refused for its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    Missing,
    Foreign(&'static str),
    NoDate,
    KeyId(String),
    Other(String),
}

/// Judges the signature of a request that was sent to `host`.
pub(super) fn judge(arrived: &Arrived, place: &Place, keys: &Keys, host: &str) -> Signature {
    let form = Form::of(arrived, place);
    let (scheme, kind) = match form {
        Form::Signed(scheme, kind) => (scheme, kind),
        Form::Foreign(_) | Form::Unsigned => (Scheme::Fc, SignKind::Api),
    };
    let claimed = key_id(arrived, scheme, kind).unwrap_or_default();
    let key = keys.of(&claimed).unwrap_or(&keys.lasting);
    let given = given(arrived, scheme, kind, key, host);
    let mut signature = Signature {
        refusal: match form {
            Form::Signed(..) => None,
            Form::Foreign(word) => Some(Refusal::Foreign(word)),
            Form::Unsigned => Some(Refusal::Missing),
        },
        form,
        granted: Vec::new(),
        stages: Stages::default(),
        mistake: None,
        checks: Vec::new(),
        stimulus: Stimulus::Sign {
            given,
            expect: SignExpectation::default(),
        },
    };
    match signature.refusal {
        None => signature.verify(arrived, &claimed, keys, key, (scheme, kind)),
        Some(Refusal::Missing) => {
            let check = Check::holds("verifies", false, "the request is signed", "it is not");
            signature.checks.push(check);
        }
        Some(_) => signature.checks.push(Check::unsupported("verifies")),
    }
    signature
}

impl Signature {
    fn verify(
        &mut self,
        arrived: &Arrived,
        claimed: &str,
        keys: &Keys,
        key: &Credentials,
        (scheme, kind): (Scheme, SignKind),
    ) {
        let request = arrived.request();
        // The token is looked at below: the same key may be used with one and without.
        let plain = Credentials::new(&key.access_key_id, &key.access_key_secret);
        let verdict = oracle::verify(&request, scheme, kind, &plain);
        self.stages = verdict.stages;
        let granted = match (&verdict.reason, scheme) {
            (None, _) => Some(Vec::new()),
            (Some(Reason::Signature), Scheme::Fc) if kind != SignKind::PresignedUrl => {
                leniency::of_fc(&request, kind, &plain)
            }
            (Some(reason), Scheme::Acs3) => leniency::of_acs3(&request, &plain, reason),
            (Some(_), _) => None,
        };
        let holds = granted.is_some();
        self.granted = granted.unwrap_or_default();
        self.refusal = verdict
            .reason
            .filter(|_| !holds)
            .map(|reason| match reason {
                Reason::AccessKeyId => Refusal::KeyId(claimed.to_owned()),
                Reason::DateMissing => Refusal::NoDate,
                reason => Refusal::Other(reason.to_string()),
            });
        self.compare(arrived, claimed, holds);
        if let Some(check) = token(arrived, scheme, kind, key, keys) {
            if check.failed() && self.refusal.is_none() {
                let reason = "the security token is missing, or is not the one that was given out";
                self.refusal = Some(Refusal::Other(reason.to_owned()));
            }
            self.checks.push(check);
        }
    }

    /// The checks of the gate, between what was sent and what the rule gives.
    fn compare(&mut self, arrived: &Arrived, claimed: &str, holds: bool) {
        let Stimulus::Sign { given, expect } = &mut self.stimulus else {
            return;
        };
        let sent = arrived.value("authorization").map(str::to_owned);
        let right = right(arrived, given.scheme, claimed, &self.stages);
        let mut output = SignOutput::new(taken_out(arrived, given.scheme));
        output.url = (given.kind == Some(SignKind::PresignedUrl)).then(|| given.url.clone());
        expect.authorization = if holds { sent.clone() } else { right.clone() };
        expect.verifies = (self.granted.is_empty()).then_some(true);
        if let (false, Some(right), Some(sent)) = (holds, right, &sent)
            && let Some((mistake, stages)) = mistake::search(given, &output, &right, sent)
        {
            self.mistake = Some(mistake);
            expect.stages = Some(text_of(given.scheme, &self.stages));
            output.stages = Some(text_of(given.scheme, &stages));
        }
        self.checks = judge::sign(given, expect, &Reply::Ok(output));
    }
}

/// The text that tells the most of a scheme.
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

/// The authorization that the rule gives for what was sent.
fn right(arrived: &Arrived, scheme: Scheme, id: &str, stages: &Stages) -> Option<String> {
    let signature = stages.signature.as_deref()?;
    match scheme {
        Scheme::Fc => Some(format!("FC {id}:{signature}")),
        Scheme::Acs3 => {
            let (_, rest) = arrived
                .value("authorization")?
                .split_once("SignedHeaders=")?;
            let names = rest.split(',').next()?;
            let start = format!("ACS3-HMAC-SHA256 Credential={id},SignedHeaders={names}");
            Some(format!("{start},Signature={signature}"))
        }
    }
}

/// What is said of the security token; nothing where there is none and need be none.
fn token(
    arrived: &Arrived,
    scheme: Scheme,
    kind: SignKind,
    key: &Credentials,
    keys: &Keys,
) -> Option<Check> {
    let name = match scheme {
        Scheme::Fc => "x-fc-security-token",
        Scheme::Acs3 => "x-acs-security-token",
    };
    let sent = match kind {
        SignKind::PresignedUrl => parameter(arrived.target.split_once('?')?.1, name),
        _ => arrived.value(name).map(str::to_owned),
    };
    if sent.is_none() && key.security_token.is_none() {
        return None;
    }
    let actual = match &sent {
        None => "there is none, and the key is a temporary one",
        Some(token) if token == keys.token() => "the one that was given out",
        Some(_) => "another one",
    };
    let holds = sent.as_deref() == Some(keys.token());
    Some(Check::holds(
        "token",
        holds,
        "the one that was given out",
        actual,
    ))
}
