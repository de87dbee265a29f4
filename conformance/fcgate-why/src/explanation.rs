//! The explanation of the signature of one request.

use fcgate_cases::judge::Difference;
use fcgate_cases::oracle::Verdict;
use fcgate_protocol::Stages;
use fcgate_text::redaction::redact_tokens;
use fcgate_text::visible::line;

use super::cause::Cause;
use super::known_mistake::KnownMistake;
use super::problem::{KEY_WITHOUT_EQUALS_SIGN, Problem};
use super::service_answer::ServiceAnswer;
use super::shown_difference;
use super::signature_scheme::SignatureScheme;

/// The explanation of the signature of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// Whether the signature is valid.
    pub signature: SignatureStatus,
    /// The scheme.
    pub scheme: SignatureScheme,
    /// Why the service refuses the request, one sentence without its full stop.
    pub reason: Option<String>,
    /// The texts that the service signs, without the signature and with security tokens hidden. Positions of
    /// differences refer to the exact texts.
    pub stages: Stages,
    /// The mistakes that together give the captured signature.
    pub causes: Vec<Cause>,
    /// Other mistakes that give the same signature for this request.
    pub alternatives: Vec<Vec<Cause>>,
    /// The string to sign that the response shows, compared with that of this request.
    pub server: Option<ServerString>,
    /// What is wrong besides the signature.
    pub problems: Vec<Problem>,
    /// What the response says.
    pub answer: Option<ServiceAnswer>,
    /// What the search cost; `None` if nothing was searched.
    pub search: Option<SearchCost>,
    /// How many seconds the request is ahead of the server's clock.
    pub clock_skew_seconds: Option<i64>,
    /// Assumptions, in sentences without a full stop.
    pub notes: Vec<String>,
    /// The mistake, for `fcgate serve`.
    pub mistake: Option<KnownMistake>,
    /// The first characters of the signature that the service expects.
    pub(super) expected: Option<String>,
}

/// Whether a signature is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureStatus {
    /// It follows the published rule. Its age and the security token of the key are checked separately:
    /// if the token is not sent, a cause says so.
    Valid,
    /// It does not follow the rule, or its scheme is not published, or a part that belongs to it is wrong.
    Invalid,
    /// The request has no signature.
    Unsigned,
}

impl SignatureStatus {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Unsigned => "unsigned",
        }
    }
}

/// What a search cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchCost {
    /// The number of signatures that were computed.
    pub computations: u64,
    /// Whether the search ended because its budget was used up.
    pub is_exhausted: bool,
}

/// The string to sign that a response shows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerString {
    /// The text.
    pub string_to_sign: String,
    /// The first difference from the string of the captured request; expected is the text of the service.
    pub difference: Option<Difference>,
}

impl Explanation {
    pub(super) fn new(scheme: SignatureScheme) -> Self {
        Self {
            signature: SignatureStatus::Unsigned,
            scheme,
            reason: None,
            stages: Stages::default(),
            causes: Vec::new(),
            alternatives: Vec::new(),
            server: None,
            problems: Vec::new(),
            answer: None,
            search: None,
            clock_skew_seconds: None,
            notes: Vec::new(),
            mistake: None,
            expected: None,
        }
    }

    /// Sets the verdict. Without a key the only known fact is that the service refused the request.
    pub(super) fn set_verdict(&mut self, verdict: &Verdict, has_key: bool) {
        self.stages = verdict.stages.clone();
        self.signature = if has_key && verdict.verifies() {
            SignatureStatus::Valid
        } else {
            SignatureStatus::Invalid
        };
        if has_key {
            self.reason = verdict.reason.as_ref().map(ToString::to_string);
            let expected = verdict.stages.signature.as_deref();
            self.expected = expected.map(|text| text.chars().take(6).collect());
        } else {
            self.reason = Some(
                "the service refuses the request; without a key the signature cannot be checked"
                    .to_owned(),
            );
        }
    }

    /// Whether nothing is wrong: the signature is valid, and neither the request nor the response shows a problem.
    pub fn is_right(&self) -> bool {
        self.signature == SignatureStatus::Valid
            && self.problems.is_empty()
            && self.causes.is_empty()
            && self
                .answer
                .as_ref()
                .is_none_or(|answer| !answer.is_failure())
    }

    /// The manual publishes `acs` for custom domains only. An API request needs one of the two other schemes.
    pub(super) fn judge_older_scheme(&mut self, verdict: &Verdict, is_trigger: bool) {
        if is_trigger {
            self.notes.push(
                "the manual publishes this scheme for HTTP triggers on custom domains, and the path is not that of an API request"
                    .to_owned(),
            );
            return;
        }
        self.signature = SignatureStatus::Invalid;
        self.causes.extend(Cause::older_scheme());
        let by_older_rule = match &verdict.reason {
            None => "by the rule of that scheme the signature is valid".to_owned(),
            Some(reason) => {
                format!("by the rule of that scheme the signature is invalid too: {reason}")
            }
        };
        self.reason = Some(
            "the path is that of an API request, for which the manual publishes FC and ACS3-HMAC-SHA256, not this scheme"
                .to_owned(),
        );
        self.notes.push(by_older_rule);
    }

    /// Decides nothing about a key without an equals sign: no source says how the service signs it.
    pub(super) fn settle_bare_keys(&mut self) {
        let is_bare = |problem: &Problem| problem.name == KEY_WITHOUT_EQUALS_SIGN;
        if !self.problems.iter().any(is_bare) {
            return;
        }
        let names = self.causes.iter().map(|cause| cause.mutant);
        if names.eq([Some("trigger-empty-value-bare")]) {
            self.signature = SignatureStatus::Valid;
            self.reason = None;
            self.causes.clear();
            self.alternatives.clear();
            self.notes.push(
                "the bare form of the key gives this signature, as the SDKs' own tests sign it; the form with an equals sign does not"
                    .to_owned(),
            );
        } else if self.signature == SignatureStatus::Valid {
            self.notes.push(
                "the form with an equals sign gives this signature; the bare form does not"
                    .to_owned(),
            );
        }
    }

    /// Notes the headers that the manual wants signed and that are not signed.
    pub(super) fn note_unsigned(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let shown: Vec<String> = names.iter().take(8).map(|name| line(name, 60)).collect();
        self.notes.push(format!(
            "not among the signed headers: {}; the manual wants them signed, and no source shows that the service refuses a request without",
            shown.join(", ")
        ));
    }

    /// Reports a response that refuses a signature which is valid.
    pub(super) fn contradict(&mut self) {
        let refuses = self
            .answer
            .as_ref()
            .is_some_and(ServiceAnswer::refuses_signature);
        let is_explained =
            self.server.is_some() || !self.problems.is_empty() || !self.causes.is_empty();
        if refuses && self.signature == SignatureStatus::Valid && !is_explained {
            self.problems.push(Problem::new(
                "response-contradicts-the-signature",
                "the signature is valid with the given key, but the service refuses it: for this access key id the service has another secret (a rotated key, another site), or another request arrived than was captured (a proxy or the HTTP client changed it later)",
            ));
        }
    }

    pub(super) fn compare_with(&mut self, server: &str) {
        let own = self.stages.string_to_sign.as_deref().unwrap_or_default();
        let differs = own != server;
        let is_valid = self.signature == SignatureStatus::Valid;
        if !differs && self.causes.is_empty() {
            self.causes.extend(Cause::strings_agree(is_valid));
        }
        if !differs
            && self
                .causes
                .iter()
                .any(|cause| cause.is_signed_with_given_key)
        {
            self.notes.push(
                "the signature was made with the given secret, so the secret is right: the strings agree because both are of the request that arrived"
                    .to_owned(),
            );
        }
        if differs && is_valid {
            self.notes.push(
                "the service received a different request: a proxy or the HTTP client changed it, or the response belongs to another request"
                    .to_owned(),
            );
        }
        self.server = Some(ServerString {
            string_to_sign: server.to_owned(),
            difference: differs.then(|| shown_difference::between(server, own)),
        });
    }

    /// Removes the valid signature and the tokens, which are credentials.
    pub(super) fn conceal(&mut self) {
        self.stages.signature = None;
        let Stages {
            canonical_headers,
            canonical_resource,
            canonical_request,
            string_to_sign,
            ..
        } = &mut self.stages;
        let stages = [
            canonical_headers,
            canonical_resource,
            canonical_request,
            string_to_sign,
        ];
        let server = self.server.iter_mut().map(|it| &mut it.string_to_sign);
        let causes = self.causes.iter_mut();
        let signed = causes
            .chain(self.alternatives.iter_mut().flatten())
            .filter_map(|cause| cause.signed.as_mut());
        for text in stages.into_iter().flatten().chain(server).chain(signed) {
            *text = redact_tokens(text);
        }
        let all = self.causes.iter_mut();
        let summaries = all
            .chain(self.alternatives.iter_mut().flatten())
            .map(|cause| &mut cause.summary);
        let problems = self.problems.iter_mut().map(|problem| &mut problem.text);
        let answer = self.answer.iter_mut();
        let messages = answer.filter_map(|answer| answer.message.as_mut());
        let sentences = summaries.chain(problems).chain(messages);
        for text in sentences
            .chain(self.notes.iter_mut())
            .chain(self.reason.as_mut())
        {
            *text = redact_tokens(text);
        }
    }
}
