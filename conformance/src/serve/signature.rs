//! The signature of a request: which scheme, whether it holds, what was granted, what is wrong.

use percent_encoding::percent_decode_str;

use crate::Implementation;
use crate::corpus::{Operation, SignExpectation, Stimulus};
use crate::judge::{self, Check};
use crate::mutant::{self, Mutant, Mutated};
use crate::oracle::{self, Reason};
use crate::protocol::{
    Credentials, Headers, Hello, Reply, Scheme, SignInput, SignKind, SignOutput, Stages,
};

use super::keys::Keys;
use super::leniency;
use super::place::Place;
use super::time;
use super::wire::Arrived;

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

/// How a request is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    Signed(Scheme, SignKind),
    /// By a scheme that nobody here verifies.
    Foreign(&'static str),
    Unsigned,
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

impl Form {
    fn of(arrived: &Arrived, place: &Place) -> Self {
        let Some(authorization) = arrived.value("authorization") else {
            let (_, query) = arrived.target.split_once('?').unwrap_or_default();
            return if parameter(query, "x-fc-signature").is_some() {
                Self::Signed(Scheme::Fc, SignKind::PresignedUrl)
            } else if arrived.value("x-acs-bearer-token").is_some() {
                Self::Foreign("bearer token")
            } else {
                Self::Unsigned
            };
        };
        let word = authorization.split([' ', ':']).next().unwrap_or_default();
        match word.to_ascii_lowercase().as_str() {
            "acs" => Self::Foreign("acs (HMAC-SHA1)"),
            "bearer" => Self::Foreign("bearer token"),
            word if word.starts_with("acs3") => Self::Signed(Scheme::Acs3, SignKind::Api),
            word if word.starts_with("fc") => Self::Signed(Scheme::Fc, place.kind()),
            _ => Self::Foreign("unknown"),
        }
    }

    /// The word for people.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Signed(Scheme::Fc, SignKind::PresignedUrl) => "FC in the URL",
            Self::Signed(Scheme::Fc, _) => "FC",
            Self::Signed(Scheme::Acs3, _) => "ACS3",
            Self::Foreign(word) => word,
            Self::Unsigned => "unsigned",
        }
    }
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
            && let Some((mistake, stages)) = search(given, &output, &right, sent)
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

/// The names of the headers that a signature brings with it.
fn is_added(scheme: Scheme, name: &str) -> bool {
    let names: &[&str] = match scheme {
        Scheme::Fc => &["authorization", "x-fc-security-token"],
        Scheme::Acs3 => &[
            "authorization",
            "x-acs-security-token",
            "x-acs-content-sha256",
        ],
    };
    names.iter().any(|added| added.eq_ignore_ascii_case(name))
}

fn taken_out(arrived: &Arrived, scheme: Scheme) -> Headers {
    let headers = arrived.headers.iter();
    let added = headers.filter(|(name, _)| is_added(scheme, name));
    added
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect()
}

/// The request as it was before it was signed.
fn given(
    arrived: &Arrived,
    scheme: Scheme,
    kind: SignKind,
    key: &Credentials,
    host: &str,
) -> SignInput {
    let headers = arrived.headers.iter();
    let kept = headers.filter(|(name, _)| !is_added(scheme, name));
    let sent_token = match scheme {
        Scheme::Fc => arrived.value("x-fc-security-token"),
        Scheme::Acs3 => arrived.value("x-acs-security-token"),
    };
    let (_, query) = arrived.target.split_once('?').unwrap_or_default();
    SignInput {
        scheme,
        kind: Some(kind),
        method: arrived.method.clone(),
        url: format!("http://{host}{}", arrived.target),
        headers: kept.cloned().collect(),
        body: arrived.body.clone(),
        credentials: Credentials {
            security_token: sent_token.map(str::to_owned),
            ..key.clone()
        },
        time: time::of(arrived).map_or_else(String::new, |time| time.to_string()),
        nonce: arrived
            .value("x-acs-signature-nonce")
            .unwrap_or_default()
            .to_owned(),
        expires: parameter(query, "x-fc-expires").and_then(|text| text.parse().ok()),
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

/// The id of the access key, where the signature has its form.
fn key_id(arrived: &Arrived, scheme: Scheme, kind: SignKind) -> Option<String> {
    if kind == SignKind::PresignedUrl {
        return parameter(arrived.target.split_once('?')?.1, "x-fc-access-key-id");
    }
    let authorization = arrived.value("authorization")?;
    let id = match scheme {
        Scheme::Fc => authorization.split_once(' ')?.1.trim().split(':').next()?,
        Scheme::Acs3 => authorization
            .split_once("Credential=")?
            .1
            .split(',')
            .next()?,
    };
    Some(id.to_owned())
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

fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    let value = value.replace('+', " ");
    Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
}

/// Who signs the request as the rule has it, with the signed names of its sender.
struct AsSent(SignOutput);

impl Implementation for AsSent {
    fn hello(&self) -> Hello {
        Hello::new("as-sent", "1", "rust")
    }

    fn sign(&self, _: &SignInput) -> Reply<SignOutput> {
        Reply::Ok(self.0.clone())
    }
}

/// The mistake that gives exactly this authorization, and the texts that it signs.
fn search(
    given: &SignInput,
    sent_with: &SignOutput,
    right: &str,
    sent: &str,
) -> Option<(&'static Mutant, Stages)> {
    let mut rightly = sent_with.clone();
    for (name, value) in &mut rightly.headers {
        if name == "authorization" {
            right.clone_into(value);
        }
    }
    let rightly = AsSent(rightly);
    let mut suspects = mutant::all().filter(|mutant| mutant.touches(Operation::Sign));
    suspects.find_map(|mutant| match Mutated::new(&rightly, mutant).sign(given) {
        Reply::Ok(output) => {
            let mut headers = output.headers.iter();
            let same = headers.any(|(name, value)| name == "authorization" && value == sent);
            same.then(|| (mutant, output.stages.unwrap_or_default()))
        }
        _ => None,
    })
}
