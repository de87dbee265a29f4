//! Mistakes in what is repeated by a caller's policy, and how.

use super::Mutant;
use super::attempts::Tried;
use super::mistake::Mistake;

const fn repeats(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    again: fn(&Tried<'_>) -> bool,
) -> Mutant {
    Mutant::new(code, name, summary, requirements, Mistake::Repeats(again))
}

pub(super) const MUTANTS: &[Mutant] = &[
    repeats(
        "FCG0531",
        "policy-ignored",
        "it repeats nothing, whatever the caller's policy says",
        &["FC-INVOKE-013", "FC-INVOKE-014"],
        |_| false,
    )
    .seen_in("alibabacloud-fc-open20210406 with tea-openapi 0.4, @alicloud/fc-open20210406"),
    repeats(
        "FCG0532",
        "lost-sent-again",
        "it sends an invocation once more when the connection was lost, though nobody asked for that",
        &["FC-INVOKE-007", "FC-INVOKE-014"],
        |tried| {
            let lost = tried.answer.is_err() && tried.may_have_run();
            tried.is_followed() || (lost && tried.number < 2)
        },
    )
    .seen_in("fc-java-sdk: its HTTP library sends a POST again"),
    repeats(
        "FCG0533",
        "idempotence-assumed",
        "it repeats by the policy what may have run, though the caller has not said that it may run twice",
        &["FC-INVOKE-014"],
        |tried| tried.is_followed() || (tried.number < tried.most && tried.may_have_run()),
    )
    .seen_in("fc-java-sdk, for any 5xx"),
    repeats(
        "FCG0534",
        "attempts-counted-as-repetitions",
        "it makes one attempt more than max_attempts",
        &["FC-INVOKE-017"],
        |tried| {
            let Tried { number, most, idempotent, answer } = *tried;
            let more = if most > 1 { most + 1 } else { most };
            Tried { number, most: more, idempotent, answer }.is_followed()
        },
    )
    .seen_in("alibabacloud-fc-open20210406 with tea-openapi 0.3: max_attempts 3 gives 4 requests"),
    repeats(
        "FCG0535",
        "refusals-repeated-by-policy",
        "it repeats every refusal with a 4xx while the policy has attempts left",
        &["FC-INVOKE-015"],
        |tried| {
            let refused = tried.answer.as_ref();
            let refused = refused.is_ok_and(|answer| (400..500).contains(&answer.status));
            tried.is_followed() || (refused && tried.number < tried.most)
        },
    ),
    Mutant::new(
        "FCG0536",
        "signed-once",
        "it sends every attempt with the signature of the first one",
        &["FC-INVOKE-016"],
        Mistake::SignsOnce,
    ),
];
