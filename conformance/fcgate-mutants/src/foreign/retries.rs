//! Mistakes in the decision whether another attempt follows.

use fcgate_protocol::TransportClass;

use crate::client::finished_attempt::FinishedAttempt;

use super::mistake::ForeignMistake;
use super::step::Step;

const fn mistake(
    name: &'static str,
    summary: &'static str,
    right_names: &'static [&'static str],
    change: fn(&FinishedAttempt<'_>) -> bool,
) -> ForeignMistake {
    ForeignMistake::new(name, summary, right_names, Step::Retry(change))
}

pub(super) const MISTAKES: &[ForeignMistake] = &[
    mistake(
        "not-found-retried",
        "sends an invocation again after a 404",
        &[],
        |attempt| attempt.is_followed() || attempt.number < 2 && status(attempt) == Some(404),
    ),
    mistake(
        "internal-errors-retried",
        "sends an invocation again after a 500",
        &[],
        |attempt| attempt.is_followed() || attempt.number < 2 && status(attempt) == Some(500),
    ),
    mistake(
        "redirects-retried",
        "sends an invocation again to the same place after a redirect",
        &[],
        |attempt| {
            let redirect = status(attempt).is_some_and(|status| (300..400).contains(&status));
            attempt.is_followed() || attempt.number < 2 && redirect
        },
    ),
    mistake(
        "timeouts-retried",
        "sends an invocation again when the time limit has passed",
        &["FCG0532"],
        |attempt| {
            let late = matches!(attempt.answer, Err(TransportClass::Timeout));
            attempt.is_followed() || attempt.number < 2 && late
        },
    ),
    mistake(
        "cut-bodies-retried",
        "sends an invocation again when the response is cut",
        &["FCG0532"],
        |attempt| {
            let cut = matches!(attempt.answer, Err(TransportClass::Truncated));
            attempt.is_followed() || attempt.number < 2 && cut
        },
    ),
    mistake(
        "half-of-the-attempts",
        "makes two attempts at most, whatever the caller's limit is",
        &[],
        |attempt| attempt.number < 2 && attempt.is_followed(),
    ),
    mistake(
        "policy-always-idempotent",
        "retries by the policy as if every invocation were idempotent",
        &["FCG0533"],
        |attempt| {
            let FinishedAttempt {
                number,
                most,
                answer,
                ..
            } = *attempt;
            FinishedAttempt {
                number,
                most,
                idempotent: true,
                answer,
            }
            .is_followed()
        },
    ),
    mistake(
        "throttling-not-retried",
        "does not retry a 429, although the caller's policy allows it",
        &[],
        |attempt| attempt.is_followed() && status(attempt) != Some(429),
    ),
    mistake(
        "successes-without-body-retried",
        "sends an invocation again if the body of a success is empty",
        &[],
        |attempt| {
            let empty = attempt.answer.as_ref();
            let empty = empty.is_ok_and(|answer| answer.status == 200 && answer.body.is_empty());
            attempt.is_followed() || attempt.number < 2 && empty
        },
    ),
];

/// The status of the response.
fn status(attempt: &FinishedAttempt<'_>) -> Option<u16> {
    let answer = attempt.answer.as_ref();
    answer.ok().map(|answer| answer.status)
}
