//! Explains one signed request that was captured: the hour when a signature fails.
//!
//! The oracle tells whether the signature is the one of the published rule. Where it is not, the same
//! request is signed with every known mistake, then with what may have been lost on the way, then with
//! every pair of mistakes, until one gives the captured signature. That is proof: no signature is met
//! by chance.

mod acs_v1;
mod behind;
mod captured;
mod carrier;
mod cause;
mod explanation;
mod guess;
mod json;
mod read;
mod search;
mod server_word;
mod skew;
mod template;
mod text;
mod token;

use std::fmt;

use jiff::Timestamp;

use fcgate_cases::oracle::{self, Reason, Verdict};
use fcgate_cases::recorded::kind_of;
use fcgate_protocol::{Credentials, Scheme, SignKind, Stages};

pub use self::captured::{Body, CapturedRequest, CapturedResponse, Exchange};
pub use self::cause::Cause;
pub use self::explanation::{Explanation, ServerWord, SignatureScheme, Standing};
pub use self::read::{Unreadable, read_exchange, read_response};
pub(crate) use self::text::stage_lines;
pub(crate) use self::token::hidden as without_token;

use self::carrier::Carrier;
use self::search::{Found, Subject};

/// The request cannot be explained with what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unexplainable {
    /// The authorization is of a scheme that is not known here; the text is its beginning.
    Scheme(String),
    /// Neither a key is given nor does the answer tell what the service has signed.
    NoKey,
}

impl fmt::Display for Unexplainable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme(word) => write!(f, "the authorization is of no known scheme: {word}"),
            Self::NoKey => f.write_str("there is no access key to check the signature with"),
        }
    }
}

impl std::error::Error for Unexplainable {}

/// Explains the signature of a request.
///
/// Without credentials only the string to sign in the answer can be compared.
///
/// ```
/// use fcgate_protocol::Credentials;
/// use crate::why::{self, Standing};
///
/// let exchange = why::read_exchange(b"GET /2021-04-06/services HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
/// let dummy = Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
/// let explanation = why::explain(&exchange, Some(&dummy))?;
/// assert_eq!(explanation.signature, Standing::Unsigned);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Unexplainable`] when the scheme is not known, or nothing is there to compare with.
pub fn explain(
    exchange: &Exchange,
    key: Option<&Credentials>,
) -> Result<Explanation, Unexplainable> {
    let request = &exchange.request;
    let carrier = Carrier::of(request)?;
    let mut explanation = Explanation::new(carrier.scheme());
    explanation.notes.clone_from(&exchange.notes);
    explanation.clock_skew_seconds = skew::seconds(exchange);
    if carrier.is_unsigned() {
        return Ok(explanation);
    }
    let server = exchange
        .response
        .as_ref()
        .and_then(server_word::string_to_sign);
    if key.is_none() && server.is_none() {
        return Err(Unexplainable::NoKey);
    }
    let nobody = Credentials::new(carrier.access_key_id(), "");
    let credentials = key.unwrap_or(&nobody);
    let verdict = verdict(exchange, &carrier, credentials);
    explanation.standing(&verdict, key.is_some());
    if key.is_some() {
        find_causes(&mut explanation, exchange, &carrier, credentials, &verdict);
    }
    if let Some(server) = server {
        explanation.compare_with(&server);
    }
    explanation.conceal();
    Ok(explanation)
}

fn verdict(exchange: &Exchange, carrier: &Carrier<'_>, key: &Credentials) -> Verdict {
    let request = &exchange.request;
    let wire = request.wire();
    match carrier {
        Carrier::Fc { .. } => oracle::verify(&wire, Scheme::Fc, kind_of(&request.target), key),
        Carrier::Url { .. } => oracle::verify(&wire, Scheme::Fc, SignKind::PresignedUrl, key),
        Carrier::Acs3 {
            names, signature, ..
        } => {
            let mut verdict = oracle::verify(&wire, Scheme::Acs3, SignKind::Api, key);
            if is_of_trigger(request, &verdict)
                && verdict.stages.signature.as_deref() == Some(*signature)
            {
                verdict.reason = None;
            }
            if verdict.stages == Stages::default() {
                // An authorization of the wrong form may tell all the same what was signed.
                let stages = oracle::acs3_stages(&wire, names, &key.access_key_secret);
                verdict.stages = stages.unwrap_or_default();
            }
            verdict
        }
        Carrier::AcsV1 { id, signature } => acs_v1::verify(request, id, signature, key),
        Carrier::Bearer | Carrier::None => Verdict {
            reason: Some(Reason::Missing),
            stages: Stages::default(),
        },
    }
}

/// Whether nothing is wrong but what an HTTP trigger does not ask for.
///
/// The manual's recipe for them ("Configure signature authentication for HTTP triggers") signs neither
/// host nor body.
fn is_of_trigger(request: &CapturedRequest, verdict: &Verdict) -> bool {
    let is_asked_of_api_alone = match &verdict.reason {
        Some(Reason::NotSigned(name)) => matches!(name.as_str(), "host" | "content-type"),
        Some(Reason::ContentDigest) => request.value("x-acs-content-sha256").is_none(),
        _ => false,
    };
    is_asked_of_api_alone && kind_of(&request.target) == SignKind::HttpTrigger
}

fn find_causes(
    explanation: &mut Explanation,
    exchange: &Exchange,
    carrier: &Carrier<'_>,
    key: &Credentials,
    verdict: &Verdict,
) {
    let request = &exchange.request;
    if matches!(carrier, Carrier::AcsV1 { .. }) {
        explanation.refuse_older_scheme(verdict);
        return;
    }
    let Some(reason) = &verdict.reason else {
        return;
    };
    let by_reason = cause::of_reason(reason, request, carrier, key);
    explanation.causes.extend(by_reason);
    let Some(subject) = Subject::of(request, carrier, key) else {
        return;
    };
    let is_right = subject.is_signed_rightly();
    if *reason == Reason::SecurityToken && is_right {
        // What the service refuses is the key without its token, not the signature.
        explanation.signature = Standing::Valid;
        return;
    }
    let sent = skew::sent(exchange);
    let mut found = match subject.clone().beyond_what_is_right() {
        Some(subject) => search::singles(&subject),
        None => found(&subject, &sent),
    }
    .into_iter();
    if let Some(best) = found.next() {
        explanation.causes.extend(cause::of(&best, verdict));
        explanation.alternatives = found.map(|other| cause::of(&other, verdict)).collect();
    } else if explanation.causes.is_empty() {
        explanation.causes.extend(if is_right {
            // The text is signed rightly; what is wrong is told by the reason.
            Some(Cause::of_words(reason.to_string()))
        } else {
            cause::by_sight(request)
        });
    }
}

/// The search, from what takes the least time to what takes the most.
fn found(subject: &Subject, sent: &[Timestamp]) -> Vec<Found> {
    let mut found = search::singles(&subject.without_body_beyond(1 << 20));
    let light = subject.without_body_beyond(16 << 10);
    if found.is_empty() {
        found.extend(guess::likely(&light, sent));
    }
    if found.is_empty() {
        found.extend(search::pairs(&light));
    }
    if found.is_empty() {
        found.extend(guess::unlikely(&light, sent));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Body, CapturedRequest, Exchange, Standing, explain};
    use fcgate_protocol::Credentials;

    #[test]
    fn a_trigger_signed_by_the_recipe_of_the_manual_is_valid() {
        let mut request = CapturedRequest::new("POST", "/hello?foo=bar");
        let authorization = "ACS3-HMAC-SHA256 Credential=FCTESTACCESSKEYID01,\
            SignedHeaders=x-acs-date;x-acs-security-token,\
            Signature=bd07a3855e60e6e93cbbf84606e0bd9a08331c58d3e98d5cff6dd6e3670bac66";
        for (name, value) in [
            ("host", "xx.cn-shanghai.fcapp.run"),
            ("x-acs-date", "2022-05-11T09:00:00Z"),
            ("x-acs-security-token", ""),
            ("authorization", authorization),
        ] {
            request.headers.push(name, value);
        }
        request.body = Body::Whole(b"hello world".to_vec());
        let dummy = Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
        let explained = explain(&Exchange::new(request.clone()), Some(&dummy)).unwrap();
        assert_eq!(explained.signature, Standing::Valid, "{explained:?}");
        "/2023-03-30/functions/f/invocations".clone_into(&mut request.target);
        let explained = explain(&Exchange::new(request), Some(&dummy)).unwrap();
        assert_eq!(explained.signature, Standing::Invalid);
    }
}
