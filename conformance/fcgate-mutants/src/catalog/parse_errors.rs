//! Mistakes in reading the body of a service error.

use fcgate_protocol::OutcomeKind::ServiceError;
use fcgate_protocol::{Outcome, ParseInput};

use super::parse_outcome::{broken, field, parse};
use super::tidied_text::unescape;
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    parse(
        "FCG0441",
        "error-code-in-the-shape-of-acs-only",
        "reads Code and Message of an error, not ErrorCode and ErrorMessage",
        &["FC-PARSE-006"],
        |response, outcome| reads_only(response, outcome, "Code", "Message"),
    )
    .seen_in("alibabacloud-fc-open20210406, alibabacloud-fc20230330"),
    parse(
        "FCG0442",
        "error-code-in-the-shape-of-fc-only",
        "reads only ErrorCode and ErrorMessage of an error",
        &["FC-PARSE-007", "FC-PARSE-008"],
        |response, outcome| reads_only(response, outcome, "ErrorCode", "ErrorMessage"),
    )
    .seen_in("aliyun-fc2 (Python), fc-go-sdk, fc-java-sdk"),
    parse(
        "FCG0443",
        "error-code-in-the-shape-of-the-manual-only",
        "reads errorCode and errorMessage of an error, as printed on one page of the manual",
        &["FC-PARSE-006", "FC-PARSE-008"],
        |response, outcome| reads_only(response, outcome, "errorCode", "errorMessage"),
    ),
    parse(
        "FCG0444",
        "error-code-none-as-text",
        "returns the text None as the code of an error that it cannot read",
        &["FC-PARSE-009"],
        |_, outcome| {
            if outcome.kind == ServiceError {
                outcome.code.get_or_insert_with(|| "None".to_owned());
            }
        },
    )
    .seen_in("alibabacloud-fc-open20210406 (Python); undefined in its Node edition"),
    parse(
        "FCG0445",
        "error-body-must-be-json",
        "reports an error whose body is not a JSON object as a bad response, and loses its status",
        &["FC-PARSE-009"],
        |response, outcome| {
            let json: Option<serde_json::Value> = serde_json::from_slice(&response.body).ok();
            let is_object = json.is_some_and(|json| json.is_object());
            if outcome.kind == ServiceError && !response.body.is_empty() && !is_object {
                broken(outcome);
                outcome.status = None;
            }
        },
    )
    .seen_in("alibabacloud-fc-open20210406, aliyun-fc2 (Python), fc-java-sdk"),
    parse(
        "FCG0446",
        "error-body-must-not-be-empty",
        "reports an error with an empty body as a bad response",
        &["FC-PARSE-009"],
        |response, outcome| {
            if outcome.kind == ServiceError && response.body.is_empty() {
                broken(outcome);
            }
        },
    )
    .seen_in("fc-java-sdk"),
    parse(
        "FCG0447",
        "error-body-by-its-type",
        "reads the body of an error only if the Content-Type is application/json",
        &["FC-PARSE-006", "FC-PARSE-008"],
        |response, outcome| {
            let json = response.headers.get("content-type") == Some("application/json");
            if outcome.kind == ServiceError && !json {
                outcome.code = None;
                outcome.message = None;
            }
        },
    )
    .seen_in("@alicloud/fc2 (Node)"),
    parse(
        "FCG0448",
        "error-body-as-message",
        "returns the whole body as the message of an error that it cannot read",
        &["FC-PARSE-009"],
        |response, outcome| {
            if outcome.kind == ServiceError && outcome.message.is_none() {
                outcome.message = Some(String::from_utf8_lossy(&response.body).into_owned());
            }
        },
    ),
    parse(
        "FCG0449",
        "error-message-lost",
        "does not return the message of an error",
        &["FC-PARSE-006", "FC-PARSE-008"],
        |_, outcome| outcome.message = None,
    )
    .seen_in("@alicloud/fc2 (Node), for errors in the shape Message"),
    parse(
        "FCG0450",
        "error-code-with-its-prefix",
        "returns the code of an error as FC...Error",
        &["FC-PARSE-006"],
        |_, outcome| outcome.code = outcome.code.take().map(|code| format!("FC{code}Error")),
    )
    .seen_in("@alicloud/fc2 (Node), in the name of the error"),
    parse(
        "FCG0451",
        "error-message-unescaped",
        "returns the message of an error with its JSON escapes",
        &["FC-PARSE-006"],
        |_, outcome| {
            let escaped = |message: String| {
                let json = serde_json::Value::String(message).to_string();
                json.trim_matches('"').to_owned()
            };
            outcome.message = outcome.message.take().map(escaped);
        },
    ),
    parse(
        "FCG0452",
        "error-codes-of-a-list",
        "knows a list of error codes and returns Unknown for any other",
        &["FC-PARSE-006", "FC-PARSE-008"],
        |_, outcome| {
            const KNOWN: [&str; 8] = [
                "AccessDenied",
                "FunctionNotFound",
                "InternalServerError",
                "InvalidArgument",
                "ResourceExhausted",
                "ResourceThrottled",
                "ServiceNotFound",
                "SignatureNotMatch",
            ];
            if let Some(code) = &mut outcome.code
                && !KNOWN.contains(&code.as_str())
            {
                "Unknown".clone_into(code);
            }
        },
    ),
    parse(
        "FCG0453",
        "error-message-cut",
        "returns the first 1,024 characters of the message of an error",
        &["FC-PARSE-006"],
        |_, outcome| {
            let cut = |message: &String| message.chars().take(1024).collect();
            outcome.message = outcome.message.as_ref().map(cut);
        },
    ),
    parse(
        "FCG0454",
        "error-message-trimmed",
        "trims white space from the message of an error",
        &["FC-PARSE-006"],
        |_, outcome| {
            let trimmed = |message: &String| message.trim().to_owned();
            outcome.message = outcome.message.as_ref().map(trimmed);
        },
    ),
    parse(
        "FCG0455",
        "error-message-without-html-escapes",
        "replaces HTML escapes in the message of an error by their characters",
        &["FC-PARSE-006"],
        |_, outcome| {
            if let Some(message) = &mut outcome.message {
                let unescaped = unescape(message.as_bytes());
                *message = String::from_utf8(unescaped).unwrap_or_default();
            }
        },
    ),
    parse(
        "FCG0456",
        "error-code-without-its-suffix",
        "returns the code of an error up to its first full stop",
        &["FC-PARSE-006"],
        |_, outcome| {
            let start = |code: &String| code.split('.').next().unwrap_or_default().to_owned();
            outcome.code = outcome.code.as_ref().map(start);
        },
    ),
    parse(
        "FCG0457",
        "error-null-as-text",
        "returns the text null for a null in the body of an error",
        &["FC-PARSE-006"],
        |response, outcome| {
            let json: Option<serde_json::Value> = serde_json::from_slice(&response.body).ok();
            let is_null = |name: &str| {
                json.as_ref()
                    .is_some_and(|json| json.get(name) == Some(&serde_json::Value::Null))
            };
            if outcome.kind == ServiceError && is_null("ErrorCode") {
                outcome.code = Some("null".to_owned());
            }
            if outcome.kind == ServiceError && is_null("ErrorMessage") {
                outcome.message = Some("null".to_owned());
            }
        },
    )
    .seen_in("alibabacloud-fc-open20210406, alibabacloud-fc20230330"),
    parse(
        "FCG0458",
        "ids-in-lower-case",
        "returns request ids, instance ids and task ids in lower case",
        &["FC-PARSE-010", "FC-PARSE-016", "FC-PARSE-018"],
        |_, outcome| {
            for id in [
                &mut outcome.request_id,
                &mut outcome.instance_id,
                &mut outcome.stateful_async_invocation_id,
            ]
            .into_iter()
            .flatten()
            {
                id.make_ascii_lowercase();
            }
        },
    ),
];

/// Takes code and message from these two fields, or from nowhere.
fn reads_only(response: &ParseInput, outcome: &mut Outcome, code: &str, message: &str) {
    if outcome.kind == ServiceError {
        outcome.code = field(&response.body, code);
        outcome.message = field(&response.body, message);
    }
}
