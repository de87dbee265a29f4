//! Mistakes in retries by the caller's policy.

use crate::client::finished_attempt::FinishedAttempt;
use crate::mistake::Mistake;
use crate::mutant::Mutant;

use super::constructor::constructor;

constructor!(retries, |again: fn(&FinishedAttempt<'_>) -> bool| {
    Mistake::Retries(again)
});

pub(super) const MUTANTS: &[Mutant] = &[
    retries(
        "FCG0531",
        "policy-ignored",
        "never retries and ignores the caller's policy",
        &["FC-INVOKE-013", "FC-INVOKE-014"],
        |_| false,
    )
    .seen_in("alibabacloud-fc-open20210406 with tea-openapi 0.4, @alicloud/fc-open20210406"),
    retries(
        "FCG0532",
        "lost-connections-retried",
        "sends an invocation again when the connection is lost, although the caller set no retry policy",
        &["FC-INVOKE-007", "FC-INVOKE-014"],
        |attempt| {
            let lost = attempt.answer.is_err() && attempt.may_have_run();
            attempt.is_followed() || (lost && attempt.number < 2)
        },
    )
    .seen_in("fc-java-sdk: its HTTP library sends a POST again"),
    retries(
        "FCG0533",
        "idempotence-assumed",
        "retries by the policy an invocation that may have run, although the caller did not declare it idempotent",
        &["FC-INVOKE-014"],
        |attempt| attempt.is_followed() || (attempt.number < attempt.most && attempt.may_have_run()),
    )
    .seen_in("fc-java-sdk, for any 5xx"),
    retries(
        "FCG0534",
        "attempts-counted-as-retries",
        "makes one attempt more than max_attempts",
        &["FC-INVOKE-017"],
        |attempt| {
            let most = if attempt.most > 1 { attempt.most + 1 } else { attempt.most };
            FinishedAttempt { most, ..*attempt }.is_followed()
        },
    )
    .seen_in("alibabacloud-fc-open20210406 with tea-openapi 0.3: max_attempts 3 gives 4 requests"),
    retries(
        "FCG0535",
        "refusals-retried-by-policy",
        "retries every refusal with a 4xx while the policy has attempts left",
        &["FC-INVOKE-015"],
        |attempt| {
            let refused = attempt.answer.as_ref();
            let refused = refused.is_ok_and(|answer| (400..500).contains(&answer.status));
            attempt.is_followed() || (refused && attempt.number < attempt.most)
        },
    ),
    Mutant::new(
        "FCG0536",
        "signed-once",
        "sends every attempt with the signature of the first one",
        &["FC-INVOKE-016"],
        Mistake::SignsOnce,
    ),
    retries(
        "FCG0538",
        "retry-after-a-thousand-times",
        "waits a thousand times as long as Retry-After demands, so no retry fits into the time limit",
        &["FC-INVOKE-013"],
        |attempt| {
            let pause = attempt.pause.saturating_mul(1000);
            FinishedAttempt { pause, ..*attempt }.is_followed()
        },
    ),
];
