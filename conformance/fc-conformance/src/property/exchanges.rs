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
    Family {
        id: "property.round-trip",
        title: "What is built is what arrives, and what the endpoint answers is the outcome, whatever the bytes",
        because: "Building, sending and reading have to agree: each alone proves nothing to a caller.",
        requirements: &["FC-INVOKE-001", "FC-INVOKE-002", "FC-INVOKE-003"],
        needs: &[
            capability::INVOKE,
            capability::SIGN_ACS3,
            capability::INVOKE_LOG_TAIL,
            capability::OUTCOME_LOG_TAIL,
        ],
        revision: Some("2021-04-06"),
        twin: None,
        draw: || {
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
    },
    Family {
        id: "property.sent-once",
        title: "Without leave nothing that may have run is sent again, whatever comes back",
        because: "A function that runs twice charges, orders or deletes twice.",
        requirements: &["FC-INVOKE-001", "FC-INVOKE-007"],
        needs: &[capability::INVOKE, capability::SIGN_FC],
        revision: Some("2021-04-06"),
        twin: None,
        draw: || answered(None),
    },
    Family {
        id: "property.not-repeated-without-leave",
        title: "With a retry policy nothing that may have run is sent again, unless a second run does no harm",
        because: "A policy for throttling is no leave to run a function twice.",
        requirements: &["FC-INVOKE-014"],
        needs: &[capability::INVOKE, capability::SIGN_FC, capability::RETRY],
        revision: Some("2021-04-06"),
        twin: None,
        draw: || {
            answered(Some(Retry {
                max_attempts: 3,
                idempotent: false,
            }))
        },
    },
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
        answers: vec![answer],
    }
}

fn invoke(given: InvokeGiven, outcome: Outcome) -> Stimulus {
    let expect = InvokeExpectation {
        outcome,
        absent: Vec::new(),
        requests: 1,
    };
    Stimulus::Invoke { given, expect }
}
