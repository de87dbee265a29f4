//! Mistakes in the decision whether another attempt follows.

use fcgate_protocol::TransportClass;

use crate::client::finished_attempt::FinishedAttempt;

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "not-found-retried",
        "sends an invocation again after a 404",
        &[],
        Step::Retry(|attempt| {
            attempt.is_followed() || attempt.number < 2 && status(attempt) == Some(404)
        }),
    ),
    ForeignMistake::new(
        "internal-errors-retried",
        "sends an invocation again after a 500",
        &[],
        Step::Retry(|attempt| {
            attempt.is_followed() || attempt.number < 2 && status(attempt) == Some(500)
        }),
    ),
    ForeignMistake::new(
        "redirects-retried",
        "sends an invocation again to the same place after a redirect",
        &[],
        Step::Retry(|attempt| {
            let redirect = status(attempt).is_some_and(|status| (300..400).contains(&status));
            attempt.is_followed() || attempt.number < 2 && redirect
        }),
    ),
    ForeignMistake::new(
        "timeouts-retried",
        "sends an invocation again when the time limit has passed",
        &["FCG0532"],
        Step::Retry(|attempt| {
            let late = matches!(attempt.answer, Err(TransportClass::Timeout));
            attempt.is_followed() || attempt.number < 2 && late
        }),
    ),
    ForeignMistake::new(
        "cut-bodies-retried",
        "sends an invocation again when the response is cut",
        &["FCG0532"],
        Step::Retry(|attempt| {
            let cut = matches!(attempt.answer, Err(TransportClass::Truncated));
            attempt.is_followed() || attempt.number < 2 && cut
        }),
    ),
    ForeignMistake::new(
        "half-of-the-attempts",
        "makes two attempts at most, whatever the caller's limit is",
        &[],
        Step::Retry(|attempt| attempt.number < 2 && attempt.is_followed()),
    ),
    ForeignMistake::new(
        "policy-always-idempotent",
        "retries by the policy as if every invocation were idempotent",
        &["FCG0533"],
        Step::Retry(|attempt| {
            let idempotent = true;
            FinishedAttempt {
                idempotent,
                ..*attempt
            }
            .is_followed()
        }),
    ),
    ForeignMistake::new(
        "throttling-not-retried",
        "does not retry a 429, although the caller's policy allows it",
        &[],
        Step::Retry(|attempt| attempt.is_followed() && status(attempt) != Some(429)),
    ),
    ForeignMistake::new(
        "successes-without-body-retried",
        "sends an invocation again if the body of a success is empty",
        &[],
        Step::Retry(|attempt| {
            let empty = attempt.answer.as_ref();
            let empty = empty.is_ok_and(|answer| answer.status == 200 && answer.body.is_empty());
            attempt.is_followed() || attempt.number < 2 && empty
        }),
    ),
];

/// The status of the response.
fn status(attempt: &FinishedAttempt<'_>) -> Option<u16> {
    let answer = attempt.answer.as_ref();
    answer.ok().map(|answer| answer.status)
}
