//! Words for the played answers that say what became of the function.

use super::case::Level;
use super::parse_table::{Row, at, row};

const S: &str = "success";
const F: &str = "function-error";
const A: &str = "accepted";
const PAYLOAD: &[&str] = &["FC-PARSE-001"];
const FULL: &[&str] = &[
    "FC-PARSE-001",
    "FC-PARSE-010",
    "FC-PARSE-013",
    "FC-PARSE-014",
    "FC-PARSE-015",
    "FC-PARSE-016",
    "FC-PARSE-017",
];
const OTHER: &[&str] = &["FC-PARSE-020"];
const FAILED: &[&str] = &["FC-PARSE-003"];
const FAILED_PAYLOAD: &[&str] = &["FC-PARSE-001", "FC-PARSE-003"];
const UNKNOWN: &[&str] = &["FC-PARSE-004"];
const TAKEN: &[&str] = &["FC-PARSE-002", "FC-PARSE-010"];
const TASK: &[&str] = &["FC-PARSE-002", "FC-PARSE-018"];
const LOST: &str = "Who loses or changes the payload hands the caller another result.";
const UNNOTICED: &str = "Who misses the header reports a failed function as a success.";
const UNDECIDED: &str = "Sources disagree or say nothing, so this is recorded only.";

pub(super) const SUCCESSES: &[Row] = &[
    row(
        "200_plain_full_headers",
        S,
        "every field of a full success is read",
        FULL,
        LOST,
    ),
    row(
        "200_binary_256",
        S,
        "a payload of all byte values arrives unchanged",
        PAYLOAD,
        LOST,
    ),
    row(
        "200_empty_body",
        S,
        "a success may have no payload",
        PAYLOAD,
        LOST,
    ),
    row(
        "200_json",
        S,
        "a JSON payload is handed out as bytes",
        PAYLOAD,
        LOST,
    ),
    row(
        "200_json_type_but_not_json",
        S,
        "a payload that is not the JSON its type promises is a payload",
        PAYLOAD,
        LOST,
    ),
    row(
        "200_json_type_empty_body",
        S,
        "an empty payload of JSON type is a payload",
        PAYLOAD,
        LOST,
    ),
    row(
        "200_json_string",
        S,
        "a JSON string keeps its quotes",
        PAYLOAD,
        LOST,
    ),
    row(
        "200_error_body_shape",
        S,
        "a success may look like an error body",
        PAYLOAD,
        "Who looks at the body instead of the header reports a success as an error.",
    ),
    row("201_created", S, "another 2xx", OTHER, UNDECIDED),
    row(
        "204_no_content",
        S,
        "a 2xx without content",
        OTHER,
        UNDECIDED,
    ),
    row(
        "200_error_type_handled_octets",
        F,
        "a handled error with a binary type is a function error",
        FAILED,
        UNNOTICED,
    ),
    row(
        "200_error_type_handled_json",
        F,
        "a handled error with a JSON type is a function error",
        FAILED,
        UNNOTICED,
    ),
    row(
        "200_error_type_unhandled_octets",
        F,
        "an unhandled error with a binary type is a function error",
        FAILED,
        UNNOTICED,
    ),
    row(
        "200_error_type_unhandled_json",
        F,
        "an unhandled error with a JSON type is a function error",
        FAILED,
        UNNOTICED,
    ),
    row(
        "200_error_type_text_body",
        F,
        "a function error may have a text as payload",
        FAILED_PAYLOAD,
        UNNOTICED,
    ),
    row(
        "200_error_type_empty_body",
        F,
        "a function error may have no payload",
        FAILED_PAYLOAD,
        UNNOTICED,
    ),
    row(
        "200_error_type_empty_value",
        F,
        "an error type of no characters is a success",
        &["FC-PARSE-001", "FC-PARSE-004"],
        "Two official SDKs take the empty value for no error type.",
    ),
    row(
        "200_error_type_unknown_value",
        F,
        "an error type that no page names",
        UNKNOWN,
        UNDECIDED,
    ),
    row(
        "200_error_and_log",
        F,
        "a function error carries its log",
        &["FC-PARSE-003", "FC-PARSE-011"],
        UNNOTICED,
    ),
    row(
        "400_error_type_header",
        F,
        "a handled error is a function error under another status too",
        FAILED,
        "Who looks at the status first takes a failed function for a refusal of the service.",
    ),
    at(
        Level::Observe,
        row(
            "duplicate_error_type",
            F,
            "two error types in one answer",
            UNKNOWN,
            UNDECIDED,
        ),
    ),
    row(
        "202_async_empty",
        A,
        "202 is an acceptance",
        TAKEN,
        "Who takes an acceptance for a result hands out an empty payload.",
    ),
    row(
        "202_async_task",
        A,
        "an acceptance names the task",
        TASK,
        "Who drops the task id leaves the caller without a handle.",
    ),
    row(
        "202_async_json_body",
        A,
        "an acceptance may have a body",
        TAKEN,
        "Who takes an acceptance for a result hands out a payload that no function returned.",
    ),
];
