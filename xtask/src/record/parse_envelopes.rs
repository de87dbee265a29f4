//! Words for the played answers that vary in what stands around the payload: headers, log and framing.

use super::case::Level;
use super::parse_table::{Row, at, row};

const L: &str = "log-tail";
const H: &str = "headers";
const W: &str = "framing";
const PAYLOAD: &[&str] = &["FC-PARSE-001"];
const LOG: &[&str] = &["FC-PARSE-011"];
const BAD_LOG: &[&str] = &["FC-PARSE-012"];
const CASELESS: &[&str] = &["FC-PARSE-019"];
const SPOILS: &[&str] = &["FC-PARSE-021"];
const ID: &[&str] = &["FC-PARSE-010"];
const STATUS: &[&str] = &["FC-PARSE-005"];
const LOST: &str = "Who loses or changes the payload hands the caller another result.";
const LOG_LOST: &str = "Who fails over the log loses a result that is there.";
const UNDECIDED: &str = "Sources disagree or say nothing, so this is recorded only.";
const NAMES: &str =
    "Who looks names up in one spelling loses every field behind a proxy that changes it.";
const EXTRA: &str = "Who fails over a header it does not need loses a result that is there.";
const CODING: &str = "Content coding is the HTTP stack's; some decode it, some hand it through.";

pub(super) const ENVELOPES: &[Row] = &[
    row(
        "200_log_tail",
        L,
        "the log is what the base64 decodes to",
        LOG,
        "Who hands out the base64 shows the caller no log.",
    ),
    row(
        "200_log_4kib",
        L,
        "a log of 4 KiB is whole",
        LOG,
        "A log is up to 4 KiB long, 5.4 KiB in its header.",
    ),
    row(
        "200_log_bad_base64",
        L,
        "a log that is not base64 spoils nothing",
        BAD_LOG,
        LOG_LOST,
    ),
    row(
        "200_log_seed_example",
        L,
        "the manual's sample log, which is not base64, spoils nothing",
        BAD_LOG,
        LOG_LOST,
    ),
    at(
        Level::Observe,
        row(
            "200_log_base64_no_padding",
            L,
            "a log without base64 padding",
            BAD_LOG,
            UNDECIDED,
        ),
    ),
    at(
        Level::Observe,
        row(
            "200_log_not_utf8",
            L,
            "a log that is not UTF-8",
            LOG,
            "The cut at 4 KiB may split a character; who hands out text replaces the halves.",
        ),
    ),
    row(
        "200_log_empty",
        L,
        "an empty log header spoils nothing",
        BAD_LOG,
        LOG_LOST,
    ),
    at(
        Level::Observe,
        row(
            "duplicate_log_result",
            L,
            "two logs in one answer",
            LOG,
            UNDECIDED,
        ),
    ),
    row(
        "200_lower_case_headers",
        H,
        "names in lower case are found",
        CASELESS,
        NAMES,
    ),
    row(
        "200_upper_case_headers",
        H,
        "names in upper case are found",
        CASELESS,
        NAMES,
    ),
    row(
        "200_no_request_id",
        H,
        "a success without a request id is a success",
        ID,
        EXTRA,
    ),
    row(
        "200_no_content_type",
        H,
        "a success without a content type is a success",
        PAYLOAD,
        EXTRA,
    ),
    row(
        "200_minimal",
        H,
        "a success without any header is a success",
        PAYLOAD,
        EXTRA,
    ),
    at(
        Level::Observe,
        row(
            "duplicate_request_id",
            H,
            "two request ids in one answer",
            ID,
            UNDECIDED,
        ),
    ),
    row(
        "set_cookie_twice",
        H,
        "headers that mean nothing here may be repeated",
        PAYLOAD,
        EXTRA,
    ),
    row(
        "two_calls_cookie-step-1",
        H,
        "a cookie means nothing here",
        PAYLOAD,
        EXTRA,
    ),
    at(
        Level::Should,
        row(
            "header_utf8_value",
            H,
            "a foreign header that is not ASCII spoils nothing",
            SPOILS,
            EXTRA,
        ),
    ),
    row(
        "header_ws_around_value",
        H,
        "a request id is read without its outer white space",
        ID,
        EXTRA,
    ),
    at(
        Level::Should,
        row(
            "header_8kib",
            H,
            "a foreign header of 8 KiB spoils nothing",
            SPOILS,
            EXTRA,
        ),
    ),
    at(
        Level::Should,
        row(
            "headers_120",
            H,
            "120 foreign headers spoil nothing",
            SPOILS,
            "Official Python SDKs stop at 100 headers, so this is not demanded.",
        ),
    ),
    row(
        "200_http10",
        W,
        "an HTTP/1.0 answer without a length is read",
        PAYLOAD,
        LOST,
    ),
    row(
        "200_no_reason",
        W,
        "an answer without a reason phrase is read",
        PAYLOAD,
        LOST,
    ),
    row("chunked", W, "a chunked payload is joined", PAYLOAD, LOST),
    at(
        Level::Observe,
        row("gzip", W, "a gzip payload, as on the wire", PAYLOAD, CODING),
    ),
    at(
        Level::Observe,
        row(
            "gzip_broken",
            W,
            "a payload that is not the gzip it is labelled as",
            PAYLOAD,
            CODING,
        ),
    ),
    at(
        Level::Observe,
        row(
            "gzip_error_400",
            W,
            "a gzip error body, as on the wire",
            STATUS,
            CODING,
        ),
    ),
];
