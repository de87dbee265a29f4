//! A request as a report shows it: what was sent, the text that had to be signed, and the text that was signed.

use fcgate_protocol::{
    BuildInput, BuildOutput, Credentials, HeaderList, Scheme, SignInput, SignKind,
};
use fcgate_text::visible::visible;
use serde::{Deserialize, Serialize};

use crate::corpus::{InvokeGiven, TaskGiven, TriggerGiven};
use crate::oracle::{self, WireRequest};

use super::stable_text::StableText;
use super::{Arrivals, ArrivedRequest, Check, signature, url};

/// The number of bytes of the body that are shown.
const SHOWN_BODY: usize = 256;

/// A request that a subject built or sent in a case that failed.
///
/// Values that differ from run to run (dates, nonces, signatures, ports, function names) are replaced by fixed words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownRequest {
    /// The request line and the header lines, each as visible text.
    pub head: Vec<String>,
    /// The beginning of the body as visible text; bytes that are not text are escaped.
    pub body: String,
    /// The length of the body in bytes.
    pub body_length: usize,
    /// For a wrong signature: the text that the rules sign for this request as the expected value, and the text that
    /// gives the signature as the actual value, if it is known.
    pub signed_text: Option<Check>,
    /// The codes of the known mistakes with which the signature is made, see `signed_text`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mistakes: Vec<String>,
}

/// The text that gives a wrong signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedText {
    /// The codes of the mistakes with which the text is made; empty if the signature is the right one for the list
    /// of names that was signed.
    pub mistakes: Vec<String>,
    /// The text.
    pub text: Vec<u8>,
}

/// Finds the text that gives the signature of a request; the input has every header that was sent.
pub type FindSignedText = fn(&SignInput) -> Option<SignedText>;

impl ShownRequest {
    /// A request that a subject built. With `own_clock`, its time differs from run to run.
    pub fn of_build(
        given: &BuildInput,
        output: &BuildOutput,
        own_clock: bool,
        find: Option<FindSignedText>,
    ) -> Self {
        let sent = Sent {
            method: &output.method,
            url: output.url.clone(),
            headers: &output.headers,
            body: &output.body,
            scheme: given.scheme,
            kind: SignKind::Api,
            credentials: &given.credentials,
        };
        let first_line = format!("{} {}", output.method, output.url);
        let stable = if own_clock {
            StableText::of_headers(&output.headers)
        } else {
            StableText::default()
        };
        sent.shown(first_line, &stable, find)
    }

    /// A request that arrived at the endpoint.
    pub fn of_arrival(
        given: &InvokeGiven,
        arrivals: &Arrivals,
        request: &ArrivedRequest,
        find: Option<FindSignedText>,
    ) -> Self {
        let signed = (given.scheme, SignKind::Api, &given.credentials);
        let stable = StableText::of(given, arrivals, request);
        Self::of_arrived(signed, request, &stable, find)
    }

    /// A request that arrived at an HTTP trigger.
    pub fn of_trigger(
        given: &TriggerGiven,
        arrivals: &Arrivals,
        request: &ArrivedRequest,
        find: Option<FindSignedText>,
    ) -> Self {
        let signed = (given.scheme, SignKind::HttpTrigger, &given.credentials);
        let stable = StableText::of_trigger(given, arrivals, request);
        Self::of_arrived(signed, request, &stable, find)
    }

    /// A request of an operation on tasks.
    pub fn of_task(
        given: &TaskGiven,
        arrivals: &Arrivals,
        request: &ArrivedRequest,
        find: Option<FindSignedText>,
    ) -> Self {
        let signed = (given.scheme, SignKind::Api, &given.credentials);
        let stable = StableText::of_task(given, arrivals, request);
        Self::of_arrived(signed, request, &stable, find)
    }

    fn of_arrived(
        (scheme, kind, credentials): (Scheme, SignKind, &Credentials),
        request: &ArrivedRequest,
        stable: &StableText,
        find: Option<FindSignedText>,
    ) -> Self {
        let host = request.headers.get_trimmed("host");
        let sent = Sent {
            method: &request.method,
            url: format!("http://{}{}", host.unwrap_or_default(), request.target),
            headers: &request.headers,
            body: &request.body,
            scheme,
            kind,
            credentials,
        };
        let first_line = format!(
            "{} {} HTTP/1.{}",
            request.method, request.target, request.minor_version
        );
        sent.shown(first_line, stable, find)
    }
}

/// A request with what is needed to verify it.
struct Sent<'a> {
    method: &'a str,
    url: String,
    headers: &'a HeaderList,
    body: &'a [u8],
    scheme: Scheme,
    kind: SignKind,
    credentials: &'a Credentials,
}

impl Sent<'_> {
    fn shown(
        &self,
        first_line: String,
        stable: &StableText,
        find: Option<FindSignedText>,
    ) -> ShownRequest {
        let mut head = vec![first_line];
        let fields = self.headers.iter();
        head.extend(fields.map(|(name, value)| format!("{name}: {}", stable.value(name, value))));
        let body = self.body.get(..SHOWN_BODY).unwrap_or(self.body);
        let (signed_text, mistakes) = self.signed_text(stable, find);
        ShownRequest {
            head: head
                .iter()
                .map(|line| visible(stable.text(line).as_bytes()))
                .collect(),
            body: visible(body),
            body_length: self.body.len(),
            signed_text,
            mistakes,
        }
    }

    /// The comparison of the signed texts, if the signature is wrong.
    fn signed_text(
        &self,
        stable: &StableText,
        find: Option<FindSignedText>,
    ) -> (Option<Check>, Vec<String>) {
        let Some((authority, target)) = url::split(&self.url) else {
            return (None, Vec::new());
        };
        let mut request = WireRequest::new(self.method, target)
            .headers(self.headers)
            .body(self.body);
        if request.value("host").is_none() {
            request = request.header("host", authority);
        }
        let verdict = oracle::verify(&request, self.scheme, self.kind, self.credentials);
        if verdict.verifies() {
            return (None, Vec::new());
        }
        let (id, expected) = match self.scheme {
            Scheme::Fc => ("string_to_sign", verdict.stages.string_to_sign),
            Scheme::Acs3 => ("canonical_request", verdict.stages.canonical_request),
        };
        let Some(expected) = expected else {
            return (None, Vec::new());
        };
        let expected = stable.text(&expected);
        let authorization = self
            .headers
            .get_trimmed("authorization")
            .unwrap_or_default();
        let signature = verdict.stages.signature.as_deref();
        if signature == Some(signature::value(authorization)) {
            // The signature is right for the names that were signed; they are not the right ones.
            let check = Check::equal(id, expected.as_bytes(), Some(expected.as_bytes()));
            return (Some(check), Vec::new());
        }
        let found = find.and_then(|find| find(&self.sign_input()));
        let actual = found.as_ref().map(|found| {
            let text = String::from_utf8_lossy(&found.text);
            stable.text(&text).into_bytes()
        });
        let check = Check::equal(id, expected.as_bytes(), actual.as_deref());
        let mistakes = found.map(|found| found.mistakes).unwrap_or_default();
        (Some(check), mistakes)
    }

    fn sign_input(&self) -> SignInput {
        SignInput {
            scheme: self.scheme,
            kind: (self.kind != SignKind::Api).then_some(self.kind),
            method: self.method.to_owned(),
            url: self.url.clone(),
            headers: self.headers.clone(),
            body: self.body.to_vec(),
            credentials: self.credentials.clone(),
            time: String::new(),
            nonce: String::new(),
            expires: None,
        }
    }
}
