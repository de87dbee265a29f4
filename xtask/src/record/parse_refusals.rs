//! Words for the played answers that are errors of the service, or redirects.

use super::parse_table::{Row, row};

const E: &str = "error-bodies";
const R: &str = "redirects";
const FC_BODY: &[&str] = &["FC-PARSE-005", "FC-PARSE-006"];
const DOC_BODY: &[&str] = &["FC-PARSE-005", "FC-PARSE-007"];
const ACS_BODY: &[&str] = &["FC-PARSE-005", "FC-PARSE-008"];
const BOTH: &[&str] = &["FC-PARSE-005", "FC-PARSE-006", "FC-PARSE-008"];
const NO_BODY: &[&str] = &["FC-PARSE-005", "FC-PARSE-009"];
const ID_BODY: &[&str] = &["FC-PARSE-006", "FC-PARSE-010"];
const STATUS: &[&str] = &["FC-PARSE-005"];
const STATUS_LOST: &str =
    "Who raises a parse error hides the status and the request id from the caller.";
const UNFOLLOWED: &str =
    "A redirect that is followed sends the signature to whoever wrote the answer.";

pub(super) const REFUSALS: &[Row] = &[
    row(
        "400_json_as_octets",
        E,
        "an error body is read whatever its type",
        FC_BODY,
        "Who trusts the content type loses the code.",
    ),
    row(
        "500_json_as_octets",
        E,
        "an error body is read whatever its type, under a 500 too",
        FC_BODY,
        "Who trusts the content type loses the code.",
    ),
    row(
        "400_json_no_request_id",
        E,
        "an error may have no request id",
        FC_BODY,
        STATUS_LOST,
    ),
    row(
        "400_request_id_in_body",
        E,
        "the body's request id is used where no header has one",
        ID_BODY,
        "Without the request id nobody can trace the refusal.",
    ),
    row(
        "400_request_id_in_both",
        E,
        "a status in the body does not replace the real one",
        FC_BODY,
        "Who believes the body reports a status that was never sent.",
    ),
    row(
        "400_acs_body",
        E,
        "the gateway's shape is read",
        ACS_BODY,
        "Who knows one shape loses the code on the other endpoints.",
    ),
    row(
        "400_both_bodies",
        E,
        "both shapes in one body give the code that they share",
        BOTH,
        "Who knows one shape loses the code on the other endpoints.",
    ),
    row(
        "400_lower_camel_body",
        E,
        "the shape of the manual's page is read",
        DOC_BODY,
        "Who follows the manual's spelling alone, or never, loses the code.",
    ),
    row(
        "400_xml_body",
        E,
        "an XML error body keeps the status",
        NO_BODY,
        STATUS_LOST,
    ),
    row(
        "400_json_string",
        E,
        "an error body that is a JSON string keeps the status",
        NO_BODY,
        STATUS_LOST,
    ),
    row(
        "400_json_array",
        E,
        "an error body that is a JSON list keeps the status",
        NO_BODY,
        STATUS_LOST,
    ),
    row(
        "400_json_null",
        E,
        "an error body that is null keeps the status",
        NO_BODY,
        STATUS_LOST,
    ),
    row(
        "400_not_utf8",
        E,
        "an error body that is not UTF-8 keeps the status",
        NO_BODY,
        STATUS_LOST,
    ),
    row(
        "403_signature_mismatch",
        E,
        "the message of a refused signature arrives whole",
        FC_BODY,
        "The message says what the service signed; without it nobody finds the mistake.",
    ),
    row(
        "429_retry_after",
        E,
        "a throttled call with Retry-After is a service error",
        FC_BODY,
        STATUS_LOST,
    ),
    row(
        "429_x_acs_retry_after",
        E,
        "a throttled call with X-Acs-Retry-After is a service error",
        FC_BODY,
        STATUS_LOST,
    ),
    row(
        "async_503_always",
        E,
        "a refused asynchronous call is a service error",
        FC_BODY,
        STATUS_LOST,
    ),
    row(
        "301_redirect-step-1",
        R,
        "a 301 is a service error",
        STATUS,
        UNFOLLOWED,
    ),
    row(
        "302_redirect-step-1",
        R,
        "a 302 is a service error",
        STATUS,
        UNFOLLOWED,
    ),
    row(
        "303_redirect-step-1",
        R,
        "a 303 is a service error",
        STATUS,
        UNFOLLOWED,
    ),
    row(
        "307_redirect-step-1",
        R,
        "a 307 is a service error",
        STATUS,
        UNFOLLOWED,
    ),
    row(
        "308_redirect-step-1",
        R,
        "a 308 is a service error",
        STATUS,
        UNFOLLOWED,
    ),
    row(
        "304_not_modified",
        R,
        "a 304 is a service error",
        STATUS,
        "Nothing was cached, so a 304 brings no result.",
    ),
];
