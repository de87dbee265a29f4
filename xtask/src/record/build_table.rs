//! The recorded calls with legal input, and what each shows about building a request.

use super::case::Level;

pub(super) struct Row {
    pub(super) case: &'static str,
    pub(super) shows: &'static str,
    pub(super) requirements: &'static [&'static str],
    pub(super) needs: &'static [&'static str],
    pub(super) because: &'static str,
    /// Weaker than a `must` where official SDKs of other languages do something else.
    pub(super) level: Level,
}

const fn row(
    case: &'static str,
    shows: &'static str,
    requirements: &'static [&'static str],
    needs: &'static [&'static str],
    because: &'static str,
) -> Row {
    Row {
        case,
        shows,
        requirements,
        needs,
        because,
        level: Level::Must,
    }
}

const fn should(mut row: Row) -> Row {
    row.level = Level::Should;
    row
}

const STATEFUL: &[&str] = &["invoke.async", "invoke.stateful"];
const QUALIFIER: &[&str] = &["invoke.qualifier"];

pub(super) const ROWS: &[Row] = &[
    row(
        "sync_json",
        "names and a payload make the shortest request",
        &["FC-BUILD-005"],
        &[],
        "Who sends headers that nobody asked for changes the call.",
    ),
    row(
        "sync_explicit",
        "an explicit invocation type is sent",
        &["FC-BUILD-006"],
        &[],
        "Who drops the type leaves the kind of the call to the service.",
    ),
    row(
        "sync_binary_256",
        "a payload of all byte values is sent byte for byte",
        &["FC-BUILD-013"],
        &[],
        "Who turns the payload into text damages it; one official SDK does.",
    ),
    row(
        "empty_body",
        "a payload of no bytes is sent as none",
        &["FC-BUILD-013"],
        &[],
        "Who refuses an empty payload cannot call functions that take none.",
    ),
    row(
        "no_body",
        "no payload is sent as none",
        &["FC-BUILD-005", "FC-BUILD-013"],
        &[],
        "Who makes up a payload changes the call.",
    ),
    row(
        "qualifier_latest",
        "the qualifier LATEST goes where the revision wants it",
        &[],
        QUALIFIER,
        "Who puts the qualifier elsewhere runs another version.",
    ),
    row(
        "qualifier_alias",
        "an alias goes where the revision wants it",
        &[],
        QUALIFIER,
        "Who puts the qualifier elsewhere runs another version.",
    ),
    row(
        "qualifier_version",
        "a version goes where the revision wants it",
        &[],
        QUALIFIER,
        "Who puts the qualifier elsewhere runs another version.",
    ),
    row(
        "log_tail",
        "the log type Tail is sent",
        &["FC-BUILD-007"],
        &["invoke.log-tail"],
        "Without the header no log comes back.",
    ),
    row(
        "log_none",
        "the log type None is sent when it was set",
        &["FC-BUILD-007"],
        &["invoke.log-tail"],
        "What the caller set is sent.",
    ),
    row(
        "async",
        "an asynchronous call says so",
        &["FC-BUILD-006"],
        &["invoke.async"],
        "Without the header the call waits for its result.",
    ),
    row(
        "async_stateful",
        "an asynchronous call carries its task id",
        &["FC-BUILD-006", "FC-BUILD-008", "FC-BUILD-009"],
        STATEFUL,
        "Without the id the task cannot be found or told from its repetition.",
    ),
    should(row(
        "stateful_id_only",
        "a task id alone does not set the invocation type",
        &["FC-BUILD-005", "FC-BUILD-008"],
        &["invoke.stateful"],
        "What the caller did not set is not sent; the Go and Java SDKs set Async here.",
    )),
    row(
        "trace_id",
        "a trace id is sent",
        &["FC-BUILD-011"],
        &["invoke.trace-id"],
        "Without the header the caller's own id is not in the answer.",
    ),
    row(
        "account_id",
        "an account id is sent",
        &["FC-BUILD-010"],
        &["invoke.account-id"],
        "Without the header a foreign host name does not reach the account.",
    ),
    row(
        "sts",
        "temporary credentials send their token",
        &["FC-BUILD-007", "FC-BUILD-023"],
        &["cred.sts", "invoke.log-tail"],
        "Without the token temporary credentials are refused.",
    ),
    row(
        "sts_with_plain_ak",
        "the token is sent whatever the access key id looks like",
        &["FC-BUILD-023"],
        &["cred.sts"],
        "Who judges the key id by its looks drops the token silently.",
    ),
    row(
        "xfc_upper",
        "an x-fc header without a field of its own is passed on",
        &["FC-BUILD-021"],
        &[],
        "Who drops the caller's headers changes the call.",
    ),
    row(
        "other_headers",
        "headers that mean nothing here are passed on",
        &["FC-BUILD-021"],
        &[],
        "Who drops the caller's headers changes the call.",
    ),
];

/// One revision under one scheme, with the SDKs that speak it.
pub(super) struct Target {
    pub(super) revision: &'static str,
    pub(super) scheme: &'static str,
    pub(super) sdks: [&'static str; 2],
    pub(super) path: &'static str,
    pub(super) qualifier: &'static str,
    pub(super) task_id_header: &'static str,
}

pub(super) const TARGETS: &[Target] = &[
    Target {
        revision: "2016-08-15",
        scheme: "fc",
        sdks: ["py-fc2-2.5.2", "node-fc2-2.6.6"],
        path: "FC-BUILD-002",
        qualifier: "FC-BUILD-002",
        task_id_header: "X-Fc-Stateful-Async-Invocation-Id",
    },
    Target {
        revision: "2021-04-06",
        scheme: "acs3",
        sdks: ["py-open-2.0.12", "node-open-2.0.13"],
        path: "FC-BUILD-001",
        qualifier: "FC-BUILD-004",
        task_id_header: "X-Fc-Stateful-Async-Invocation-Id",
    },
    Target {
        revision: "2021-04-06",
        scheme: "fc",
        sdks: ["py-open-2.0.12", "node-open-2.0.13"],
        path: "FC-BUILD-001",
        qualifier: "FC-BUILD-004",
        task_id_header: "X-Fc-Stateful-Async-Invocation-Id",
    },
    Target {
        revision: "2023-03-30",
        scheme: "acs3",
        sdks: ["py-fc3-4.8.3", "node-fc3-4.7.6"],
        path: "FC-BUILD-003",
        qualifier: "FC-BUILD-004",
        task_id_header: "X-Fc-Async-Task-Id",
    },
];
