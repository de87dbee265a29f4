//! The properties of whole invocations over HTTP.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::strategy::BoxedStrategy;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use fcgate_cases::corpus::{Act, Answer, CannedAnswer, InvokeExpectation, InvokeGiven, Stimulus};
use fcgate_protocol::{Credentials, Invocation, Outcome, OutcomeKind, Retry, Scheme, capability};

use super::family::{Family, Stimuli};

/// The time limit of an exchange. No property tests time.
const LIMIT_MS: u64 = 4_000;

pub(super) const FAMILIES: &[Family] = &[
    Family::new(
        "property.round-trip",
        "The built request arrives unchanged, and the outcome is the answer of the endpoint, for all bytes",
        "Building, sending and reading must agree; a caller needs all three.",
        &["FC-INVOKE-001", "FC-INVOKE-002", "FC-INVOKE-003"],
        &[
            capability::INVOKE,
            capability::SIGN_ACS3,
            capability::INVOKE_LOG_TAIL,
            capability::OUTCOME_LOG_TAIL,
        ],
        || {
            let bytes = || vec(any::<u8>(), 0..200);
            (bytes(), bytes(), "[ -~\n]{1,60}", "[a-z0-9-]{1,20}")
                .prop_map(|(payload, body, log, id)| {
                    let answer = CannedAnswer::new(200, body.clone())
                        .header("X-Fc-Request-Id", &id)
                        .header("X-Fc-Log-Result", &STANDARD.encode(&log));
                    let mut input = plain();
                    input.log_type = Some("Tail".to_owned());
                    input.payload = Some(payload);
                    let mut outcome = Outcome::new(OutcomeKind::Completed);
                    outcome.status = Some(200);
                    outcome.payload = Some(body);
                    outcome.request_id = Some(id);
                    outcome.log_tail = Some(log.into_bytes());
                    let given = given(Scheme::Acs3, input, None, Answer::Canned(answer));
                    vec![invoke(given, outcome)]
                })
                .boxed()
        },
    )
    .revision("2021-04-06"),
    Family::new(
        "property.sent-once",
        "Without a retry policy an invocation that may have run is never retried, with any answer",
        "A function that runs twice charges, orders or deletes twice.",
        &["FC-INVOKE-001", "FC-INVOKE-007"],
        &[capability::INVOKE, capability::SIGN_FC],
        || answered(None),
    )
    .revision("2021-04-06"),
    Family::new(
        "property.not-repeated-without-leave",
        "With a retry policy an invocation that may have run is retried only if it is idempotent",
        "A policy for throttling does not allow a second run of a function.",
        &["FC-INVOKE-014"],
        &[capability::INVOKE, capability::SIGN_FC, capability::RETRY],
        || {
            answered(Some(Retry {
                max_attempts: 3,
                idempotent: false,
            }))
        },
    )
    .revision("2021-04-06"),
];

/// Generates service errors that are not throttling errors, and lost connections.
fn answered(retry: Option<Retry>) -> BoxedStrategy<Stimuli> {
    let status = prop_oneof![
        Just(400_u16),
        Just(403),
        Just(404),
        Just(409),
        Just(500),
        Just(502),
        Just(504)
    ];
    let refused = (status, "[ -~]{0,40}").prop_map(|(status, body)| {
        let mut outcome = Outcome::new(OutcomeKind::ServiceError);
        outcome.status = Some(status);
        (Answer::Canned(CannedAnswer::new(status, body)), outcome)
    });
    let end = prop_oneof![Just(Act::Close), Just(Act::Reset)];
    let lost = ("[a-z]{0,20}", end, any::<bool>()).prop_map(|(body, end, with_head)| {
        let mut acts = Vec::new();
        if with_head {
            let length = body.len() + 1;
            acts.push(Act::Send(format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"
            )));
        }
        acts.push(end);
        (
            Answer::Script(acts),
            Outcome::new(OutcomeKind::TransportError),
        )
    });
    prop_oneof![refused, lost]
        .prop_map(move |(answer, outcome)| {
            vec![invoke(given(Scheme::Fc, plain(), retry, answer), outcome)]
        })
        .boxed()
}

fn plain() -> Invocation {
    Invocation {
        service: Some("demoService".to_owned()),
        payload: Some(br#"{"key":"value"}"#.to_vec()),
        ..Invocation::new("demoFunction")
    }
}

fn given(scheme: Scheme, input: Invocation, retry: Option<Retry>, answer: Answer) -> InvokeGiven {
    InvokeGiven {
        revision: "2021-04-06".to_owned(),
        scheme,
        credentials: Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789"),
        timeout_ms: LIMIT_MS,
        retry,
        input,
        payload_repeat: None,
        earlier_answer: None,
        answers: vec![answer],
    }
}

fn invoke(given: InvokeGiven, outcome: Outcome) -> Stimulus {
    let expect = InvokeExpectation {
        outcome: Some(Box::new(outcome)),
        absent: Vec::new(),
        payload_repeat: None,
        requests: Some(1),
        not_injected: Vec::new(),
    };
    Stimulus::Invoke { given, expect }
}
