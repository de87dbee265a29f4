//! Mistakes in the payload of an outcome and in its request id.

use fcgate_protocol::{Outcome, OutcomeKind};

use super::parse_outcome::{body_request_id, broken, parse};
use super::tidied_text::{round_large_numbers, unescape};
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    parse(
        "FCG0421",
        "answer-as-text",
        "returns the payload as text, which replaces bytes that are not UTF-8",
        &["FC-PARSE-001"],
        |_, outcome| {
            let text = |payload: &Vec<u8>| String::from_utf8_lossy(payload).into_owned();
            outcome.payload = outcome.payload.as_ref().map(text).map(String::into_bytes);
        },
    )
    .seen_in("@alicloud/fc2 (Node), unless rawBuf is set"),
    parse(
        "FCG0422",
        "answer-as-json",
        "parses a JSON payload and returns the parsed value serialized again",
        &["FC-PARSE-001"],
        |response, outcome| {
            let json = serde_json::from_slice::<serde_json::Value>(&response.body);
            if let (Some(payload), Ok(json)) = (&mut outcome.payload, json) {
                *payload = match json {
                    serde_json::Value::String(text) => text.into_bytes(),
                    other => other.to_string().into_bytes(),
                };
            }
        },
    )
    .seen_in("@alicloud/fc2 (Node), where the type is JSON"),
    parse(
        "FCG0423",
        "answer-trimmed",
        "trims white space from the payload",
        &["FC-PARSE-001"],
        |_, outcome| {
            let trimmed = |payload: &Vec<u8>| payload.trim_ascii().to_vec();
            outcome.payload = outcome.payload.as_ref().map(trimmed);
        },
    ),
    parse(
        "FCG0424",
        "answer-must-be-json",
        "reports a success as a bad response if the payload is not JSON",
        &["FC-PARSE-001"],
        |response, outcome| {
            let json = serde_json::from_slice::<serde_json::Value>(&response.body);
            if outcome.kind == OutcomeKind::Completed && json.is_err() {
                broken(outcome);
            }
        },
    )
    .seen_in("@alicloud/fc2 (Node), where the type is JSON"),
    parse(
        "FCG0425",
        "empty-answer-is-none",
        "returns no payload if it is empty",
        &["FC-PARSE-001"],
        |_, outcome| outcome.payload = outcome.payload.take().filter(|payload| !payload.is_empty()),
    ),
    parse(
        "FCG0426",
        "answer-cut-at-64-kib",
        "returns the first 65,536 bytes of the payload",
        &["FC-PARSE-001"],
        |_, outcome| with_payload(outcome, |payload| payload.truncate(1 << 16)),
    ),
    parse(
        "FCG0427",
        "answer-line-ends-changed",
        "replaces CR LF in the payload by LF",
        &["FC-PARSE-001"],
        |_, outcome| {
            with_payload(outcome, |payload| {
                if let Ok(text) = std::str::from_utf8(payload) {
                    *payload = text.replace("\r\n", "\n").into_bytes();
                }
            });
        },
    ),
    parse(
        "FCG0428",
        "answer-numbers-as-floats",
        "rounds whole numbers above 2^53 in a JSON payload",
        &["FC-PARSE-001"],
        |_, outcome| with_payload(outcome, |payload| *payload = round_large_numbers(payload)),
    ),
    parse(
        "FCG0429",
        "answer-null-is-empty",
        "returns an empty payload for the payload null",
        &["FC-PARSE-001"],
        |_, outcome| {
            with_payload(outcome, |payload| {
                if payload == b"null" {
                    payload.clear();
                }
            });
        },
    ),
    parse(
        "FCG0430",
        "answer-unescaped",
        "replaces HTML escapes in the payload by their characters",
        &["FC-PARSE-001"],
        |_, outcome| with_payload(outcome, |payload| *payload = unescape(payload)),
    ),
    parse(
        "FCG0431",
        "request-id-from-the-body-first",
        "prefers a request id in the body over the one in the header",
        &["FC-PARSE-010"],
        |response, outcome| {
            if let Some(id) = body_request_id(&response.body)
                && outcome.kind == OutcomeKind::ServiceError
            {
                outcome.request_id = Some(id);
            }
        },
    )
    .seen_in("fc-go-sdk"),
    parse(
        "FCG0432",
        "request-id-from-the-body-only",
        "takes the request id of an error from the body only",
        &["FC-PARSE-010"],
        |response, outcome| {
            if outcome.kind == OutcomeKind::ServiceError {
                outcome.request_id = body_request_id(&response.body);
            }
        },
    )
    .seen_in("alibabacloud-fc-open20210406, alibabacloud-fc20230330"),
    parse(
        "FCG0433",
        "request-id-from-the-header-only",
        "takes the request id of an error from the header only",
        &["FC-PARSE-008", "FC-PARSE-010"],
        |response, outcome| {
            outcome.request_id = response.headers.get("x-fc-request-id").map(str::to_owned);
        },
    )
    .seen_in("aliyun-fc2 (Python), @alicloud/fc2 (Node), fc-java-sdk"),
    parse(
        "FCG0434",
        "request-id-lost-on-errors",
        "does not return the request id of an error",
        &["FC-PARSE-010"],
        |_, outcome| {
            if outcome.kind == OutcomeKind::ServiceError {
                outcome.request_id = None;
            }
        },
    )
    .seen_in("alibabacloud-fc-open20210406, alibabacloud-fc20230330, for ErrorCode bodies"),
    parse(
        "FCG0435",
        "request-id-lost-on-success",
        "does not return the request id of a success",
        &["FC-PARSE-010"],
        |_, outcome| {
            if outcome.kind != OutcomeKind::ServiceError {
                outcome.request_id = None;
            }
        },
    ),
    parse(
        "FCG0437",
        "request-id-invented",
        "invents a request id if the response has none",
        &["FC-PARSE-010"],
        |_, outcome| {
            let id = outcome.request_id.get_or_insert_default();
            if id.is_empty() {
                "00000000-0000-0000-0000-000000000000".clone_into(id);
            }
        },
    ),
];

/// Changes the payload of a result or of a function error.
fn with_payload(outcome: &mut Outcome, change: impl FnOnce(&mut Vec<u8>)) {
    if let Some(payload) = &mut outcome.payload {
        change(payload);
    }
}
