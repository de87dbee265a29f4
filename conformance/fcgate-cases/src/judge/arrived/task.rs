//! Judges the requests of an operation on tasks: the path, the query and the headers that the input demands.

use fcgate_protocol::{Scheme, SignKind, TaskOperation, TaskRequest};

use crate::corpus::TaskGiven;

use super::super::{Arrivals, ArrivedRequest, Check, Comparer, request_target};
use super::any_request;
use super::attempts::Attempts;
use super::input_headers::{self, DemandedHeader};
use super::signature::Signed;

/// The revision whose tasks have other names than those of the earlier revisions.
const NEWEST: &str = "2023-03-30";

/// Compares every request with the one that the input demands.
pub(in super::super) fn checks(
    by: &Comparer,
    given: &TaskGiven,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let attempts = Attempts::of(arrivals);
    let method = match given.request.operation {
        TaskOperation::Stop => "PUT",
        TaskOperation::Get | TaskOperation::List | TaskOperation::Wait => "GET",
    };
    checks.extend(
        attempts.check(|request| by.compare_text("arrived.method", method, Some(&request.method))),
    );
    checks.extend(attempts.check(|request| path(by, given, request)));
    checks.extend(attempts.check(|request| query(by, given, request)));
    for demanded in demanded_headers(given) {
        checks.extend(attempts.check(|request| demanded.check(by, request)));
    }
    checks.extend(attempts.check(|request| input_headers::unset_by_caller(by, &[], request)));
    checks.extend(attempts.check(|request| by.compare("arrived.body", b"", Some(&request.body))));
    let signed = Signed {
        scheme: given.scheme,
        kind: SignKind::Api,
        credentials: &given.credentials,
    };
    any_request::checks(by, signed, b"", arrivals, checks);
}

fn path(by: &Comparer, given: &TaskGiven, request: &ArrivedRequest) -> Check {
    let (actual, _) = request_target::split(&request.target);
    request_target::compare_path(by, "arrived.path", &demanded_path(given), actual)
}

fn demanded_path(given: &TaskGiven) -> String {
    let request = &given.request;
    let is_newest = given.revision == NEWEST;
    let mut path = format!("/{}", given.revision);
    if !is_newest {
        path += "/services/";
        path += request.service.as_deref().unwrap_or_default();
    }
    path += "/functions/";
    path += &request.function;
    path += if is_newest {
        "/async-tasks"
    } else {
        "/stateful-async-invocations"
    };
    if request.operation != TaskOperation::List {
        path += "/";
        path += request.task_id.as_deref().unwrap_or_default();
    }
    if is_newest && request.operation == TaskOperation::Stop {
        path += "/stop";
    }
    path
}

/// Compares the query. The Python SDKs write a truth value with a capital letter, which the service accepts.
fn query(by: &Comparer, given: &TaskGiven, request: &ArrivedRequest) -> Check {
    let (_, actual) = request_target::split(&request.target);
    let actual = actual
        .replace("includePayload=True", "includePayload=true")
        .replace("includePayload=False", "includePayload=false");
    let expected = demanded_query(&given.revision, &given.request);
    request_target::compare_query(by, "arrived.query", &expected, &actual)
}

fn demanded_query(revision: &str, request: &TaskRequest) -> Vec<(String, String)> {
    let prefix = if revision == NEWEST {
        "prefix"
    } else {
        "invocationIdPrefix"
    };
    let parameters = [
        ("qualifier", request.qualifier.clone()),
        (prefix, request.prefix.clone()),
        ("status", request.status.clone()),
        (
            "startedTimeBegin",
            request.started_time_begin.map(|time| time.to_string()),
        ),
        (
            "startedTimeEnd",
            request.started_time_end.map(|time| time.to_string()),
        ),
        ("sortOrderByTime", request.sort_order_by_time.clone()),
        (
            "includePayload",
            request.include_payload.map(|include| include.to_string()),
        ),
        ("limit", request.limit.map(|limit| limit.to_string())),
        ("nextToken", request.next_token.clone()),
    ];
    let set = parameters.into_iter();
    set.filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)))
        .collect()
}

fn demanded_headers(given: &TaskGiven) -> Vec<DemandedHeader> {
    let token = input_headers::token(given.scheme, &given.credentials);
    let mut demanded: Vec<_> = token.into_iter().collect();
    if given.scheme == Scheme::Acs3 {
        demanded.push(("x-acs-action", action(given).to_owned()));
        demanded.push(("x-acs-version", given.revision.clone()));
    }
    demanded.into_iter().map(DemandedHeader::single).collect()
}

/// The name of the operation in the API of the revision.
fn action(given: &TaskGiven) -> &'static str {
    let is_newest = given.revision == NEWEST;
    match given.request.operation {
        TaskOperation::Get | TaskOperation::Wait if is_newest => "GetAsyncTask",
        TaskOperation::Get | TaskOperation::Wait => "GetStatefulAsyncInvocation",
        TaskOperation::List if is_newest => "ListAsyncTasks",
        TaskOperation::List => "ListStatefulAsyncInvocations",
        TaskOperation::Stop if is_newest => "StopAsyncTask",
        TaskOperation::Stop => "StopStatefulAsyncInvocation",
    }
}
