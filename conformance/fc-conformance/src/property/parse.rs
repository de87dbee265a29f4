//! The properties of `parse`.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use fcgate_cases::corpus::{ParseExpectation, Stimulus};
use fcgate_protocol::{HeaderList, Outcome, OutcomeKind, ParseInput, capability};

use super::family::Family;
use super::requests::value;

const REQUEST_ID: &str = "X-Fc-Request-Id";

pub(super) const FAMILIES: &[Family] = &[
    Family::new(
        "property.any-answer",
        "Every status with any headers and body has an outcome; the client never crashes, hangs or loses the status",
        "The answer of a proxy or a broken function must not crash the caller.",
        &[
            "FC-PARSE-001",
            "FC-PARSE-002",
            "FC-PARSE-005",
            "FC-PARSE-009",
            "FC-PARSE-021",
        ],
        &[capability::PARSE],
        || {
            let status = prop_oneof![Just(200_u16), Just(202), 300_u16..600];
            let name = prop_oneof![
                Just("X-Fc-Log-Result".to_owned()),
                Just("X-Fc-Invocation-Duration".to_owned()),
                Just("X-Fc-Max-Memory-Usage".to_owned()),
                Just("X-Fc-Code-Checksum".to_owned()),
                Just("Content-Type".to_owned()),
                "x-[a-eg-z][a-z]{0,6}",
            ];
            let text = prop_oneof![
                value().prop_map(String::from),
                "[0-9.,eE+-]{0,24}",
                "[A-Za-z0-9+/=]{0,24}"
            ];
            (status, vec((name, text), 0..5), body())
                .prop_map(|(status, headers, body)| {
                    let mut outcome = Outcome::new(match status {
                        200 => OutcomeKind::Completed,
                        202 => OutcomeKind::Accepted,
                        _ => OutcomeKind::ServiceError,
                    });
                    outcome.status = Some(status);
                    vec![parse(status, headers, body, outcome)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.answer-payload",
        "The payload of a 200 is its body byte for byte",
        "A result that is decoded as text or JSON differs from the result of the function.",
        &["FC-PARSE-001"],
        &[capability::PARSE],
        || {
            let types = prop_oneof![
                Just("application/json"),
                Just("application/octet-stream"),
                Just("text/plain")
            ];
            (types, body())
                .prop_map(|(content_type, body)| {
                    let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
                    let outcome = completed(&body);
                    vec![parse(200, headers, body, outcome)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.answer-header-case",
        "The spelling of header names does not change the outcome",
        "HTTP/2 and some proxies send every name in lower case.",
        &["FC-PARSE-019", "FC-PARSE-010", "FC-PARSE-003"],
        &[capability::PARSE, capability::FUNCTION_ERROR],
        || {
            (any::<u32>(), any::<u32>(), "[a-z0-9-]{1,20}", body())
                .prop_map(|(one, other, id, body)| {
                    let mut outcome = completed(&body);
                    outcome.kind = OutcomeKind::FunctionError;
                    outcome.error_type = Some("UnhandledInvocationError".to_owned());
                    outcome.request_id = Some(id.clone());
                    let headers = vec![
                        (change_case(REQUEST_ID, one), id),
                        (
                            change_case("X-Fc-Error-Type", other),
                            "UnhandledInvocationError".to_owned(),
                        ),
                    ];
                    vec![parse(200, headers, body, outcome)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.foreign-headers",
        "Unrelated headers do not change the outcome",
        "The service, gateways and proxies add headers at any time.",
        &["FC-PARSE-001", "FC-PARSE-010"],
        &[capability::PARSE],
        || {
            (
                vec(("x-[a-eg-z][a-z]{0,10}", value()), 0..20),
                "[a-z0-9-]{1,20}",
                body(),
            )
                .prop_map(|(mut headers, id, body)| {
                    let mut outcome = completed(&body);
                    outcome.request_id = Some(id.clone());
                    headers.insert(headers.len() / 2, (REQUEST_ID.to_owned(), id));
                    vec![parse(200, headers, body, outcome)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.log-tail",
        "The log tail is the decoded base64, byte for byte",
        "A tail is cut at 4 KiB, often inside a character.",
        &["FC-PARSE-011"],
        &[capability::PARSE, capability::OUTCOME_LOG_TAIL],
        || {
            ("[ -~\néü中]{1,60}", body())
                .prop_map(|(log, body)| {
                    let log = log.into_bytes();
                    let headers = vec![("X-Fc-Log-Result".to_owned(), STANDARD.encode(&log))];
                    let mut outcome = completed(&body);
                    outcome.log_tail = Some(log);
                    vec![parse(200, headers, body, outcome)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.figures",
        "Duration, memory and checksum are read exactly over their whole ranges",
        "A checksum of 64 bits fits neither into a float nor into a signed number.",
        &["FC-PARSE-013", "FC-PARSE-014", "FC-PARSE-015"],
        &[
            capability::PARSE,
            capability::OUTCOME_DURATION,
            capability::OUTCOME_MEMORY,
            capability::OUTCOME_CHECKSUM,
        ],
        || {
            (
                0_u64..1_000_000_000,
                "(0|[1-9][0-9]{0,4})\\.[0-9]{2}",
                any::<u64>(),
            )
                .prop_map(|(duration, memory, checksum)| {
                    let header = |name: &str, value: String| (name.to_owned(), value);
                    let headers = vec![
                        header("X-Fc-Invocation-Duration", duration.to_string()),
                        header("X-Fc-Max-Memory-Usage", memory.clone()),
                        header("X-Fc-Code-Checksum", checksum.to_string()),
                    ];
                    let mut outcome = completed(b"ok");
                    outcome.duration_ms = Some(duration);
                    outcome.max_memory_mb = Some(memory);
                    outcome.code_checksum = Some(checksum.to_string());
                    vec![parse(200, headers, b"ok".to_vec(), outcome)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.function-error",
        "Only the header decides that a response is a function error, and the payload is the unchanged document",
        "The caller needs the document especially if it cannot be parsed.",
        &["FC-PARSE-003"],
        &[capability::PARSE, capability::FUNCTION_ERROR],
        || {
            let types = prop_oneof![
                Just("HandledInvocationError"),
                Just("UnhandledInvocationError")
            ];
            (types, body())
                .prop_map(|(error_type, body)| {
                    let headers = vec![("X-Fc-Error-Type".to_owned(), error_type.to_owned())];
                    let mut outcome = completed(&body);
                    outcome.kind = OutcomeKind::FunctionError;
                    outcome.error_type = Some(error_type.to_owned());
                    vec![parse(200, headers, body, outcome)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.service-error",
        "Code and message of a service error are the texts of its document",
        "A caller that acts on the code would use a wrong code or none.",
        &["FC-PARSE-006", "FC-PARSE-010"],
        &[capability::PARSE],
        || {
            let text = "[ -~é中\n\t]{1,30}";
            (400_u16..600, "[A-Za-z.]{1,24}", text, "[a-z0-9-]{1,20}")
                .prop_map(|(status, code, message, id)| {
                    let body = serde_json::json!({"ErrorCode": code, "ErrorMessage": message});
                    let headers = vec![
                        ("Content-Type".to_owned(), "application/json".to_owned()),
                        (REQUEST_ID.to_owned(), id.clone()),
                    ];
                    let mut outcome = Outcome::new(OutcomeKind::ServiceError);
                    outcome.status = Some(status);
                    outcome.code = Some(code);
                    outcome.message = Some(message);
                    outcome.request_id = Some(id);
                    vec![parse(
                        status,
                        headers,
                        body.to_string().into_bytes(),
                        outcome,
                    )]
                })
                .boxed()
        },
    ),
];

/// Generates arbitrary bytes, and bytes that often cause errors in parsers.
pub(super) fn body() -> impl Strategy<Value = Vec<u8>> + Clone {
    prop_oneof![
        vec(any::<u8>(), 0..60),
        "[ -~]{0,40}".prop_map(String::into_bytes),
        "[\\[\\]{}\",:0-9eE.nulltrfas \\\\-]{0,30}".prop_map(String::into_bytes),
        "<[a-z]{1,6}>[ -~]{0,20}".prop_map(String::into_bytes),
    ]
}

fn completed(body: &[u8]) -> Outcome {
    let mut outcome = Outcome::new(OutcomeKind::Completed);
    outcome.status = Some(200);
    outcome.payload = Some(body.to_vec());
    outcome
}

fn parse(status: u16, headers: impl Into<HeaderList>, body: Vec<u8>, outcome: Outcome) -> Stimulus {
    Stimulus::Parse {
        given: ParseInput {
            status,
            headers: headers.into(),
            body,
            invocation_type: if status == 202 { "Async" } else { "Sync" }.to_owned(),
        },
        expect: ParseExpectation {
            outcome,
            absent: Vec::new(),
        },
    }
}

fn change_case(name: &str, mask: u32) -> String {
    let letters = name.chars().enumerate();
    let respelled = letters.map(|(place, letter)| match (mask >> (place % 32)) & 1 {
        0 => letter.to_ascii_lowercase(),
        _ => letter.to_ascii_uppercase(),
    });
    respelled.collect()
}
