//! The explanation of the signature of one request.

use fcgate_cases::judge::Difference;
use fcgate_cases::oracle::Verdict;
use fcgate_protocol::Stages;
use fcgate_text::redaction::redact_tokens;

use super::cause::Cause;
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
    /// How many seconds the request is ahead of the server's clock.
    pub clock_skew_seconds: Option<i64>,
    /// Assumptions, in sentences without a full stop.
    pub notes: Vec<String>,
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
            clock_skew_seconds: None,
            notes: Vec::new(),
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

    /// Reports the older scheme as invalid, even if the signature follows the rule of that scheme.
    pub(super) fn refuse_older_scheme(&mut self, verdict: &Verdict) {
        self.signature = SignatureStatus::Invalid;
        self.causes.extend(Cause::older_scheme());
        let by_older_rule = match &verdict.reason {
            None => "by the rule of that scheme the signature is valid".to_owned(),
            Some(reason) => {
                format!("by the rule of that scheme the signature is invalid too: {reason}")
            }
        };
        self.reason =
            Some("the scheme is not one of the two that the service publishes".to_owned());
        self.notes.push(by_older_rule);
    }

    pub(super) fn compare_with(&mut self, server: &str) {
        let own = self.stages.string_to_sign.as_deref().unwrap_or_default();
        let differs = own != server;
        let is_valid = self.signature == SignatureStatus::Valid;
        if !differs && self.causes.is_empty() {
            self.causes.extend(Cause::another_secret(is_valid));
            if !is_valid {
                self.notes.push(
                    "both strings are computed from the request that was sent: if the secret is correct, the client signed a different text"
                        .to_owned(),
                );
            }
        }
        if differs && is_valid {
            self.notes.push(
                "the service received a different request: a proxy or the HTTP client changed it, or the response belongs to another request"
                    .to_owned(),
            );
        }
        self.server = Some(ServerString {
            string_to_sign: server.to_owned(),
            difference: differs.then(|| Difference::between(server.as_bytes(), own.as_bytes())),
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
    }
}
