//! Explains one request: verdict of the oracle, search for the mistakes, comparison with the response.

use fcgate_cases::oracle::{self, Reason, Verdict};
use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_mutants::search;
use fcgate_protocol::{Credentials, Scheme, SignKind, Stages};

use super::acs_v1;
use super::authorization::Authorization;
use super::captured::{CapturedRequest, Exchange};
use super::cause::{self, Cause};
use super::clock;
use super::explanation::{Explanation, SignatureStatus};
use super::server_string_to_sign::server_string_to_sign;
use super::signed_request;
use super::unexplainable::Unexplainable;

/// Explains the signature of a request.
///
/// Without credentials only the string to sign that the response shows can be compared.
///
/// ```
/// use fcgate_protocol::Credentials;
/// use fcgate::why::{self, SignatureStatus};
///
/// let exchange = why::read_exchange(b"GET /2021-04-06/services HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
/// let dummy = Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
/// let explanation = why::explain(&exchange, Some(&dummy))?;
/// assert_eq!(explanation.signature, SignatureStatus::Unsigned);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Unexplainable`] if the scheme is not known, or if there is neither a key nor a response to compare with.
pub fn explain(
    exchange: &Exchange,
    key: Option<&Credentials>,
) -> Result<Explanation, Unexplainable> {
    let request = &exchange.request;
    let authorization = Authorization::of(request)?;
    let mut explanation = Explanation::new(authorization.scheme());
    explanation.notes.clone_from(&exchange.notes);
    explanation.clock_skew_seconds = clock::skew_seconds(exchange);
    if authorization.is_unsigned() {
        return Ok(explanation);
    }
    let server = exchange.response.as_ref().and_then(server_string_to_sign);
    if key.is_none() && server.is_none() {
        return Err(Unexplainable::NoKey);
    }
    let no_secret = Credentials::new(authorization.access_key_id(), "");
    let credentials = key.unwrap_or(&no_secret);
    let verdict = verdict(exchange, &authorization, credentials);
    explanation.set_verdict(&verdict, key.is_some());
    if key.is_some() {
        find_causes(
            &mut explanation,
            exchange,
            &authorization,
            credentials,
            &verdict,
        );
    }
    if let Some(server) = server {
        explanation.compare_with(&server);
    }
    explanation.conceal();
    Ok(explanation)
}

fn verdict(exchange: &Exchange, authorization: &Authorization<'_>, key: &Credentials) -> Verdict {
    let request = &exchange.request;
    let wire = request.wire();
    match authorization {
        Authorization::Fc { .. } => {
            oracle::verify(&wire, Scheme::Fc, sign_kind_of_target(&request.target), key)
        }
        Authorization::Url { .. } => oracle::verify(&wire, Scheme::Fc, SignKind::PresignedUrl, key),
        Authorization::Acs3 {
            names, signature, ..
        } => {
            let mut verdict = oracle::verify(&wire, Scheme::Acs3, SignKind::Api, key);
            if is_valid_for_trigger(request, &verdict)
                && verdict.stages.signature.as_deref() == Some(*signature)
            {
                verdict.reason = None;
            }
            if verdict.stages == Stages::default() {
                // A malformed authorization may still list the signed names.
                let stages = oracle::acs3_stages(&wire, names, &key.access_key_secret);
                verdict.stages = stages.unwrap_or_default();
            }
            verdict
        }
        Authorization::AcsV1 { id, signature } => acs_v1::verify(request, id, signature, key),
        Authorization::Bearer | Authorization::None => Verdict {
            reason: Some(Reason::Missing),
            stages: Stages::default(),
        },
    }
}

/// Whether the only deviation is a part that an HTTP trigger does not require.
///
/// The recipe of the manual ("Configure signature authentication for HTTP triggers") signs neither host
/// nor body.
fn is_valid_for_trigger(request: &CapturedRequest, verdict: &Verdict) -> bool {
    let is_required_of_api_only = match &verdict.reason {
        Some(Reason::NotSigned(name)) => matches!(name.as_str(), "host" | "content-type"),
        Some(Reason::ContentDigest) => request.value("x-acs-content-sha256").is_none(),
        _ => false,
    };
    is_required_of_api_only && sign_kind_of_target(&request.target) == SignKind::HttpTrigger
}

fn find_causes(
    explanation: &mut Explanation,
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    key: &Credentials,
    verdict: &Verdict,
) {
    let request = &exchange.request;
    if matches!(authorization, Authorization::AcsV1 { .. }) {
        explanation.refuse_older_scheme(verdict);
        return;
    }
    let Some(reason) = &verdict.reason else {
        return;
    };
    let by_reason = cause::cause_of_reason(reason, request, authorization, key);
    explanation.causes.extend(by_reason);
    let Some(signed) = signed_request::of(request, authorization, key) else {
        return;
    };
    let is_correct = signed.is_signed_correctly();
    if *reason == Reason::SecurityToken && is_correct {
        // The service refuses the key without its token, not the signature.
        explanation.signature = SignatureStatus::Valid;
        return;
    }
    let sent = clock::possible_send_times(exchange);
    let mut found = search::find_mistakes_in_names(&signed)
        .unwrap_or_else(|| search::find_mistakes(&signed, &sent))
        .into_iter();
    if let Some(best) = found.next() {
        explanation.causes.extend(cause::of(&best, verdict));
        explanation.alternatives = found.map(|other| cause::of(&other, verdict)).collect();
    } else if explanation.causes.is_empty() {
        explanation.causes.extend(if is_correct {
            // The text is signed correctly; the reason says what else is wrong.
            Some(Cause::without_mutant(reason.to_string()))
        } else {
            cause::likely_cause(request)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::explain;
    use crate::why::{Body, CapturedRequest, Exchange, SignatureStatus};
    use fcgate_protocol::Credentials;

    #[test]
    fn a_trigger_request_signed_by_the_recipe_of_the_manual_is_valid() {
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
        assert_eq!(explained.signature, SignatureStatus::Valid, "{explained:?}");
        "/2023-03-30/functions/f/invocations".clone_into(&mut request.target);
        let explained = explain(&Exchange::new(request), Some(&dummy)).unwrap();
        assert_eq!(explained.signature, SignatureStatus::Invalid);
    }
}
