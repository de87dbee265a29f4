//! What is found out about a signature.

use fcgate_cases::judge::Difference;
use fcgate_cases::oracle::Verdict;
use fcgate_protocol::Stages;

use super::cause::Cause;
use super::token;

/// What is known of the signature of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// Whether the signature is right.
    pub signature: Standing,
    /// The scheme.
    pub scheme: SignatureScheme,
    /// Why the request is not right, one sentence without its full stop.
    pub reason: Option<String>,
    /// What the service signs of this request: never the signature, and security tokens hidden. The
    /// places of differences are those in the exact texts.
    pub stages: Stages,
    /// The mistakes that give the captured signature together.
    pub causes: Vec<Cause>,
    /// Other mistakes that give the same signature for this request.
    pub alternatives: Vec<Vec<Cause>>,
    /// The string to sign that the answer shows, beside that of this request.
    pub server: Option<ServerWord>,
    /// How many seconds the request is ahead of the server's clock.
    pub clock_skew_seconds: Option<i64>,
    /// What had to be assumed, in sentences without a full stop.
    pub notes: Vec<String>,
    /// The first characters of the signature that the service expects.
    pub(super) expected: Option<String>,
}

/// Whether a signature is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// It is the one of the published rule. Its age is another question, and so is the security token
    /// of the key: where it is not sent, a cause says so.
    Valid,
    /// It is another one, or of a scheme that the service does not publish, or something that
    /// belongs to it is wrong.
    Invalid,
    /// There is none.
    Unsigned,
}

impl Standing {
    /// The word that stands in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Unsigned => "unsigned",
        }
    }
}

/// How a request is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureScheme {
    /// `FC`, in the authorization.
    Fc,
    /// `FC`, in a signed URL.
    FcPresignedUrl,
    /// `ACS3-HMAC-SHA256`.
    Acs3,
    /// `acs`, the older one of the gateway.
    AcsV1,
    /// A bearer token in its place.
    Bearer,
    /// Not at all.
    None,
}

impl SignatureScheme {
    /// The word that stands in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fc => "fc",
            Self::FcPresignedUrl => "fc-presigned-url",
            Self::Acs3 => "acs3",
            Self::AcsV1 => "acs-v1",
            Self::Bearer => "bearer",
            Self::None => "none",
        }
    }
}

/// The string to sign that an answer shows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerWord {
    /// The text.
    pub string_to_sign: String,
    /// Where it parts from that of the captured request; expected is the text of the service.
    pub difference: Option<Difference>,
}

impl Explanation {
    pub(super) fn new(scheme: SignatureScheme) -> Self {
        Self {
            signature: Standing::Unsigned,
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

    /// Without a key nothing is known but that the service has refused it.
    pub(super) fn standing(&mut self, verdict: &Verdict, has_key: bool) {
        self.stages = verdict.stages.clone();
        self.signature = if has_key && verdict.verifies() {
            Standing::Valid
        } else {
            Standing::Invalid
        };
        if has_key {
            self.reason = verdict.reason.as_ref().map(ToString::to_string);
            let expected = verdict.stages.signature.as_deref();
            self.expected = expected.map(|text| text.chars().take(6).collect());
        } else {
            self.reason =
                Some("the service refuses it; there is no key here to check it".to_owned());
        }
    }

    /// Neither published scheme of the service, whatever the rule of its own says.
    pub(super) fn refuse_older_scheme(&mut self, verdict: &Verdict) {
        self.signature = Standing::Invalid;
        self.causes.extend(Cause::older_scheme());
        let by_its_own_rule = match &verdict.reason {
            None => "by the rule of that scheme the signature is right".to_owned(),
            Some(reason) => format!("by the rule of that scheme it is wrong too: {reason}"),
        };
        self.reason = Some("it is of neither published scheme of the service".to_owned());
        self.notes.push(by_its_own_rule);
    }

    pub(super) fn compare_with(&mut self, server: &str) {
        let own = self.stages.string_to_sign.as_deref().unwrap_or_default();
        let differs = own != server;
        let is_right = self.signature == Standing::Valid;
        if !differs && self.causes.is_empty() {
            self.causes.extend(Cause::another_secret(is_right));
            if !is_right {
                self.notes.push(
                    "both strings are made of what was sent: if the secret is right, the client has signed another text"
                        .to_owned(),
                );
            }
        }
        if differs && is_right {
            self.notes.push(
                "the service has seen another request than this one: it was changed on the way, or the answer belongs to another"
                    .to_owned(),
            );
        }
        self.server = Some(ServerWord {
            string_to_sign: server.to_owned(),
            difference: differs.then(|| Difference::between(server.as_bytes(), own.as_bytes())),
        });
    }

    /// A right signature can be used by whoever reads it, and so can a security token.
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
            *text = token::hidden(text).into_owned();
        }
    }
}
