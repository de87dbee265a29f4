//! Mistakes in the kind of an outcome and its status.

use fcgate_protocol::{Outcome, OutcomeKind, ParseInput};

use crate::mistake::Mistake;
use crate::mutant::Mutant;

use super::constructor::constructor;

constructor!(parse, |change: fn(&ParseInput, &mut Outcome)| {
    Mistake::Parse(change)
});

constructor!(reads, |change: fn(&mut ParseInput)| Mistake::Reads(change));

const ERROR_TYPE: &str = "x-fc-error-type";

pub(super) const MUTANTS: &[Mutant] = &[
    reads(
        "FCG0401",
        "function-error-as-success",
        "ignores X-Fc-Error-Type, so that a failed function looks like a success",
        &["FC-PARSE-003"],
        |response| {
            if response.status == 200 {
                response.headers.remove(ERROR_TYPE);
            }
        },
    )
    .seen_in("alibabacloud-fc-open20210406, alibabacloud-fc20230330, @alicloud/fc2, fc-java-sdk"),
    reads(
        "FCG0402",
        "function-error-on-200-only",
        "reads X-Fc-Error-Type only on a 200",
        &["FC-PARSE-003"],
        |response| {
            if response.status != 200 {
                response.headers.remove(ERROR_TYPE);
            }
        },
    ),
    reads(
        "FCG0403",
        "error-type-case-sensitive",
        "compares the error types case-sensitively",
        &["FC-PARSE-003"],
        |response| {
            let known = ["HandledInvocationError", "UnhandledInvocationError"];
            if let Some(given) = response.headers.get(ERROR_TYPE)
                && known.iter().any(|known| known.eq_ignore_ascii_case(given))
                && !known.contains(&given)
            {
                response.headers.remove(ERROR_TYPE);
            }
        },
    ),
    parse(
        "FCG0404",
        "function-error-by-the-payload",
        "reads a payload with an errorMessage as a function error, with or without the header",
        &["FC-PARSE-001"],
        |response, outcome| {
            if outcome.kind == OutcomeKind::Completed && has_error_shape(&response.body) {
                outcome.kind = OutcomeKind::FunctionError;
                outcome.error_type = Some("UnhandledInvocationError".to_owned());
            }
        },
    ),
    parse(
        "FCG0405",
        "function-error-without-its-payload",
        "does not return the payload of a function error",
        &["FC-PARSE-003"],
        |_, outcome| {
            if outcome.kind == OutcomeKind::FunctionError {
                outcome.payload = None;
            }
        },
    ),
    parse(
        "FCG0406",
        "error-type-unhandled-always",
        "reports every function error as unhandled",
        &["FC-PARSE-003"],
        |_, outcome| {
            let error_type = &mut outcome.error_type;
            *error_type = error_type
                .as_ref()
                .map(|_| "UnhandledInvocationError".to_owned());
        },
    ),
    parse(
        "FCG0407",
        "accepted-as-completed",
        "reports a 202 as a completed invocation",
        &["FC-PARSE-002"],
        |response, outcome| {
            if outcome.kind == OutcomeKind::Accepted {
                outcome.kind = OutcomeKind::Completed;
                outcome.payload = Some(response.body.clone());
            }
        },
    )
    .seen_in("all SDKs that were recorded: they return it as any 2xx"),
    parse(
        "FCG0408",
        "accepted-by-the-requested-type",
        "reports every response to a synchronous call as completed, even a 202",
        &["FC-PARSE-002"],
        |response, outcome| {
            if outcome.kind == OutcomeKind::Accepted && response.invocation_type == "Sync" {
                outcome.kind = OutcomeKind::Completed;
            }
        },
    ),
    parse(
        "FCG0409",
        "redirect-as-success",
        "reports a redirect as a success",
        &["FC-PARSE-005"],
        |response, outcome| {
            if (300..400).contains(&response.status) {
                outcome.kind = OutcomeKind::Completed;
                outcome.payload = Some(response.body.clone());
            }
        },
    )
    .seen_in("@alicloud/fc-open20210406 and @alicloud/fc20230330 (Node)"),
    parse(
        "FCG0410",
        "client-errors-as-bad-response",
        "accepts only the statuses of the error page and reports any other as a bad response",
        &["FC-PARSE-005"],
        |response, outcome| {
            let known = [
                400, 401, 403, 404, 409, 412, 413, 415, 429, 499, 500, 502, 503, 504,
            ];
            if outcome.kind == OutcomeKind::ServiceError && !known.contains(&response.status) {
                broken(outcome);
            }
        },
    ),
    parse(
        "FCG0411",
        "status-of-the-class",
        "reports 400 for every 4xx and 500 for every 5xx",
        &["FC-PARSE-005"],
        |_, outcome| {
            if outcome.kind == OutcomeKind::ServiceError {
                outcome.status = outcome.status.map(|status| status / 100 * 100);
            }
        },
    ),
    parse(
        "FCG0412",
        "status-not-exposed",
        "does not return the status of a response that is not an error",
        &["FC-PARSE-001"],
        |_, outcome| {
            if outcome.kind != OutcomeKind::ServiceError {
                outcome.status = None;
            }
        },
    )
    .seen_in("aliyun-fc2 (Python), @alicloud/fc2 (Node), fc-go-sdk"),
    parse(
        "FCG0413",
        "status-from-the-body",
        "lets an HttpStatus in the error body override the status",
        &["FC-PARSE-005"],
        |response, outcome| {
            let json: Option<serde_json::Value> = serde_json::from_slice(&response.body).ok();
            let status = json.as_ref().and_then(|json| json.get("HttpStatus"));
            let status = status.and_then(serde_json::Value::as_u64);
            if let Some(status) = status.and_then(|status| u16::try_from(status).ok())
                && outcome.kind == OutcomeKind::ServiceError
            {
                outcome.status = Some(status);
            }
        },
    )
    .seen_in("fc-go-sdk"),
    reads(
        "FCG0414",
        "header-names-in-one-spelling-only",
        "finds response headers only in the spelling X-Fc-...",
        &["FC-PARSE-019"],
        |response| response.headers.retain(|(name, _)| has_usual_case(name)),
    )
    .seen_in("fc-java-sdk"),
    reads(
        "FCG0415",
        "header-names-in-lower-case-only",
        "finds response headers only in lower case",
        &["FC-PARSE-019"],
        |response| {
            let is_lower = |name: &String| !name.bytes().any(|byte| byte.is_ascii_uppercase());
            response.headers.retain(|(name, _)| is_lower(name));
        },
    ),
    reads(
        "FCG0416",
        "unknown-error-type-as-success",
        "ignores an X-Fc-Error-Type that is neither handled nor unhandled",
        &["FC-PARSE-004"],
        |response| {
            let known = ["handledinvocationerror", "unhandledinvocationerror"];
            let is_known = |given: &str| known.contains(&given.to_ascii_lowercase().as_str());
            if response.status == 200 && !response.headers.get(ERROR_TYPE).is_none_or(is_known) {
                response.headers.remove(ERROR_TYPE);
            }
        },
    ),
    parse(
        "FCG0417",
        "error-type-replaced",
        "reports an unknown error type as unhandled",
        &["FC-PARSE-004"],
        |_, outcome| {
            let known = ["handledinvocationerror", "unhandledinvocationerror"];
            if let Some(given) = &mut outcome.error_type
                && !known.contains(&given.to_ascii_lowercase().as_str())
            {
                "UnhandledInvocationError".clone_into(given);
            }
        },
    ),
    parse(
        "FCG0418",
        "transfer-coding-in-lower-case-only",
        "loses the body if the transfer coding is not written in lower case",
        &["FC-PARSE-001"],
        |response, outcome| {
            let coding = response.headers.get("transfer-encoding");
            if coding.is_some_and(|coding| coding != "chunked")
                && let Some(payload) = &mut outcome.payload
            {
                payload.clear();
            }
        },
    ),
];

/// Only a broken response is left.
pub(super) fn broken(outcome: &mut Outcome) {
    let status = outcome.status;
    *outcome = Outcome::new(OutcomeKind::BadResponse);
    outcome.status = status;
    outcome.reason = Some("the answer cannot be read".to_owned());
}

/// A field of a body that is a JSON object.
pub(super) fn field(body: &[u8], name: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_slice(body).ok()?;
    Some(json.get(name)?.as_str()?.to_owned())
}

pub(super) fn body_request_id(body: &[u8]) -> Option<String> {
    ["RequestId", "requestId", "RequestID"]
        .into_iter()
        .find_map(|name| field(body, name))
}

fn has_error_shape(body: &[u8]) -> bool {
    ["errorMessage", "ErrorMessage"]
        .into_iter()
        .any(|name| field(body, name).is_some())
}

/// Whether every word of the name begins with a capital and has no other.
fn has_usual_case(name: &str) -> bool {
    name.split('-').all(|word| {
        let mut letters = word.chars();
        let first = letters.next();
        first.is_none_or(|first| !first.is_ascii_lowercase())
            && !letters.any(|letter| letter.is_ascii_uppercase())
    })
}
