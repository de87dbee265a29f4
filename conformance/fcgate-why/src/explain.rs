//! Explains one request: what is wrong with it, the verdict on its signature, the search for the mistakes, and the
//! comparison with the response.

use fcgate_cases::oracle::Reason;
use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_mutants::any_named;
use fcgate_mutants::search::{self, SignedRequest};
use fcgate_protocol::{Credentials, SignKind};

use super::authorization::Authorization;
use super::captured::Exchange;
use super::cause::{self, Cause};
use super::checks;
use super::clock;
use super::explanation::{Explanation, SearchCost, SignatureStatus};
use super::key_mix_up;
use super::known_mistake::KnownMistake;
use super::server_string_to_sign::server_string_to_sign;
use super::service_answer::ServiceAnswer;
use super::signed_request;
use super::unexplainable::Unexplainable;
use super::verdict::{self, Judgement};

/// Explains the signature of a request, and what else is wrong with it.
///
/// Without credentials only the string to sign that the response shows can be compared.
///
/// ```
/// use fcgate_protocol::Credentials;
/// use fcgate_why::{self as why, SignatureStatus};
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
    let findings = checks::check(exchange, &authorization);
    explanation.problems = findings.problems;
    explanation.notes.extend(findings.notes);
    explanation.answer = exchange.response.as_ref().map(ServiceAnswer::of);
    if authorization.is_unsigned() {
        explanation.conceal();
        return Ok(explanation);
    }
    let server = exchange.response.as_ref().and_then(server_string_to_sign);
    if key.is_none() && server.is_none() {
        return Err(Unexplainable::NoKey);
    }
    let no_secret = Credentials::new(authorization.access_key_id(), "");
    let credentials = key.unwrap_or(&no_secret);
    if let Some(cause) = key.and_then(|key| key_mix_up::swapped(exchange, &authorization, key)) {
        explanation.signature = SignatureStatus::Invalid;
        explanation.causes.push(cause);
        explanation.conceal();
        return Ok(explanation);
    }
    let signed = signed_request::of(exchange, &authorization, credentials);
    let judgement = verdict::judge(exchange, &authorization, signed.as_ref(), credentials);
    explanation.set_verdict(&judgement.verdict, key.is_some());
    explanation.note_unsigned(&judgement.unsigned);
    if key.is_some() {
        if matches!(authorization, Authorization::AcsV1 { .. }) {
            let kind = sign_kind_of_target(&request.target);
            explanation.judge_older_scheme(&judgement.verdict, kind == SignKind::HttpTrigger);
        }
        let signed = signed.as_ref();
        find_causes(
            &mut explanation,
            exchange,
            &authorization,
            credentials,
            &judgement,
            signed,
        );
    }
    explanation.settle_bare_keys();
    if let Some(server) = server {
        explanation.compare_with(&server);
    }
    explanation.contradict();
    explanation.conceal();
    Ok(explanation)
}

fn find_causes(
    explanation: &mut Explanation,
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    key: &Credentials,
    judgement: &Judgement,
    signed: Option<&SignedRequest>,
) {
    let request = &exchange.request;
    let verdict = &judgement.verdict;
    let (Some(reason), Some(signed)) = (&verdict.reason, signed) else {
        return;
    };
    let by_reason = cause::cause_of_reason(reason, request, authorization, key);
    let of_reason = by_reason
        .as_ref()
        .and_then(|cause| any_named(cause.mutant?));
    explanation.mistake = of_reason.map(KnownMistake::without_texts);
    explanation.causes.extend(by_reason);
    let is_correct = signed.is_signed_correctly();
    if *reason == Reason::SecurityToken && is_correct {
        // The service refuses the key without its token, not the signature.
        explanation.signature = SignatureStatus::Valid;
        return;
    }
    let found = search::find_mistakes_in_names(signed).unwrap_or_else(|| {
        let result = search::find_mistakes(signed);
        explanation.search = Some(SearchCost {
            computations: result.computations,
            is_exhausted: result.is_exhausted,
        });
        result.found
    });
    let of_search = found
        .first()
        .and_then(|found| KnownMistake::of(found, signed.rule, signed.input.kind));
    explanation.mistake = explanation.mistake.take().or(of_search);
    let explanations = cause::distinct(&found, verdict);
    let mut explanations = explanations.into_iter();
    if let Some(best) = explanations.next() {
        // A name that is missing is explained by the value that was signed.
        if matches!(reason, Reason::SignedButAbsent(_)) {
            explanation.causes.clear();
        }
        explanation.causes.extend(best);
        explanation.alternatives = explanations.collect();
    } else if explanation.causes.is_empty() {
        explanation.causes.extend(if is_correct {
            // The text is signed correctly; the reason says what else is wrong.
            Some(Cause::without_mutant(reason.to_string()))
        } else {
            cause::likely_cause(request)
        });
    }
}
