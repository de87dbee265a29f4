//! What each recorded case shows about signing, under either scheme.

pub(super) struct Row {
    pub(super) case: &'static str,
    pub(super) shows: &'static str,
    pub(super) fc: &'static [&'static str],
    pub(super) acs3: &'static [&'static str],
}

const fn row(
    case: &'static str,
    shows: &'static str,
    fc: &'static [&'static str],
    acs3: &'static [&'static str],
) -> Row {
    Row {
        case,
        shows,
        fc,
        acs3,
    }
}

const BASIC: &[&str] = &["FC-SIGN-001", "FC-SIGN-002", "FC-SIGN-003"];
const BASIC3: &[&str] = &["ACS3-SIGN-001", "ACS3-SIGN-002", "ACS3-SIGN-003"];
const NAMED: &[&str] = &["FC-SIGN-008"];
const NAMED3: &[&str] = &["ACS3-SIGN-005"];
const COPIED: &[&str] = &["FC-SIGN-009"];
const TRIMMED3: &[&str] = &["ACS3-SIGN-006"];
const TYPE: &[&str] = &["FC-SIGN-004"];
const BODY: &[&str] = &["FC-SIGN-005"];
const HASH3: &[&str] = &["ACS3-SIGN-007"];
const PATH: &[&str] = &["FC-SIGN-010"];
const PATH3: &[&str] = &["ACS3-SIGN-001"];
const QUALIFIER: &[&str] = &["FC-SIGN-012"];
const QUERY3: &[&str] = &["ACS3-SIGN-004"];
const ODD: &[&str] = &["FC-SIGN-014"];
const DATE: &[&str] = &["FC-SIGN-006"];
const TRIGGER: &[&str] = &["FC-SIGN-020"];
const PAIRS: &[&str] = &["FC-SIGN-021"];

pub(super) const ROWS: &[Row] = &[
    row(
        "sync_json",
        "a call with a payload and nothing else set",
        BASIC,
        BASIC3,
    ),
    row(
        "sync_explicit",
        "an explicit invocation type",
        NAMED,
        NAMED3,
    ),
    row(
        "sync_text_as_str",
        "a payload handed over as text",
        BASIC,
        BASIC3,
    ),
    row(
        "sync_stream",
        "a payload handed over as a stream",
        BASIC,
        BASIC3,
    ),
    row(
        "sync_binary_256",
        "a payload of all byte values",
        BODY,
        HASH3,
    ),
    row("empty_body", "a payload of no bytes", TYPE, HASH3),
    row("no_body", "no payload", TYPE, HASH3),
    row(
        "qualifier_latest",
        "the qualifier LATEST",
        QUALIFIER,
        QUERY3,
    ),
    row(
        "qualifier_alias",
        "an alias as qualifier",
        QUALIFIER,
        QUERY3,
    ),
    row(
        "qualifier_version",
        "a version as qualifier",
        QUALIFIER,
        QUERY3,
    ),
    row(
        "qualifier_encoding",
        "a qualifier that needs escaping",
        QUALIFIER,
        QUERY3,
    ),
    row("log_tail", "the log type Tail", NAMED, NAMED3),
    row("log_none", "the log type None", NAMED, NAMED3),
    row("async", "an asynchronous call", NAMED, NAMED3),
    row(
        "async_stateful",
        "an asynchronous call with a task id",
        NAMED,
        NAMED3,
    ),
    row(
        "stateful_id_only",
        "a task id without an invocation type",
        NAMED,
        NAMED3,
    ),
    row("trace_id", "a trace id", NAMED, NAMED3),
    row("account_id", "an account id", NAMED, NAMED3),
    row("fc_date", "an x-fc-date of the caller's", DATE, NAMED3),
    row("date_header", "a Date of the caller's", DATE, NAMED3),
    row("sts", "temporary credentials", NAMED, NAMED3),
    row(
        "sts_with_plain_ak",
        "a token beside an ordinary access key id",
        NAMED,
        NAMED3,
    ),
    row("names_space", "names with a blank", PATH, PATH3),
    row("names_unicode", "names that are not ASCII", PATH, PATH3),
    row(
        "names_reserved",
        "names with reserved characters",
        PATH,
        PATH3,
    ),
    row("names_dots", "a name with dot segments", PATH, PATH3),
    row(
        "names_with_qualifier_dot",
        "a qualifier glued to the service name",
        PATH,
        PATH3,
    ),
    row("xfc_upper", "an x-fc header in upper case", NAMED, NAMED3),
    row(
        "xfc_trailing_ws",
        "an x-fc value with trailing blanks",
        ODD,
        TRIMMED3,
    ),
    row(
        "xfc_leading_ws",
        "an x-fc value with leading blanks",
        ODD,
        TRIMMED3,
    ),
    row("xfc_empty_value", "an empty x-fc value", COPIED, TRIMMED3),
    row(
        "xfc_latin1_value",
        "an x-fc value in Latin-1",
        ODD,
        TRIMMED3,
    ),
    row(
        "xfc_same_name_two_cases",
        "an x-fc name given in two cases",
        ODD,
        NAMED3,
    ),
    row(
        "xfc_override_type",
        "an invocation type given twice",
        NAMED,
        NAMED3,
    ),
    row(
        "content_type_custom",
        "a content type of the caller's",
        TYPE,
        NAMED3,
    ),
    row(
        "content_type_custom_lower",
        "a content type in lower case",
        TYPE,
        NAMED3,
    ),
    row("other_headers", "headers that are not x-fc", NAMED, NAMED3),
    row(
        "http_get_query",
        "an HTTP trigger with several query pairs",
        &["FC-SIGN-021", "FC-SIGN-022"],
        &[],
    ),
    row(
        "http_get_no_query",
        "an HTTP trigger without a query",
        TRIGGER,
        &[],
    ),
    row(
        "http_get_empty_path",
        "an HTTP trigger with an empty path",
        TRIGGER,
        &[],
    ),
    row(
        "http_post_json",
        "an HTTP trigger with a JSON payload",
        PAIRS,
        &[],
    ),
    row(
        "http_post_binary",
        "an HTTP trigger with a binary payload",
        TRIGGER,
        &[],
    ),
    row(
        "http_put_xfc",
        "an HTTP trigger with an x-fc header",
        TRIGGER,
        &[],
    ),
    row(
        "http_path_encoded",
        "an HTTP trigger with an escaped path",
        TRIGGER,
        &[],
    ),
    row(
        "http_sts",
        "an HTTP trigger with temporary credentials",
        PAIRS,
        &[],
    ),
];

pub(super) fn find(case: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.case == case)
}
