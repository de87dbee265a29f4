//! Mistakes in the requests of operations on tasks, besides those of the signature.

use fcgate_protocol::{SignInput, TaskInput, TaskOperation};

use crate::mistake::Mistake;
use crate::mutant::Mutant;

use super::constructor::constructor;

constructor!(calls, |change: fn(&TaskInput, &mut SignInput)| {
    Mistake::CallsTask(change)
});

pub(super) const MUTANTS: &[Mutant] = &[
    calls(
        "FCG0741",
        "task-path-of-another-revision",
        "reads, lists and stops tasks at the path of another revision",
        &["FC-TASK-001", "FC-TASK-002", "FC-TASK-003"],
        |_, request| {
            let (newest, earlier) = ("/async-tasks", "/stateful-async-invocations");
            request.url = if request.url.contains(newest) {
                request.url.replacen(newest, earlier, 1)
            } else {
                request.url.replacen(earlier, newest, 1)
            };
        },
    ),
    calls(
        "FCG0742",
        "task-qualifier-lost",
        "leaves the qualifier out of operations on tasks",
        &["FC-TASK-001", "FC-TASK-003"],
        |_, request| keep_parameters(request, |name, _| name != "qualifier"),
    ),
    calls(
        "FCG0743",
        "task-stopped-by-post",
        "stops a task with POST",
        &["FC-TASK-003"],
        |input, request| {
            if input.request.operation == TaskOperation::Stop {
                "POST".clone_into(&mut request.method);
            }
        },
    ),
    calls(
        "FCG0744",
        "task-stop-not-named",
        "stops a task at the path of the task, without /stop at its end",
        &["FC-TASK-003"],
        |_, request| request.url = request.url.replacen("/stop", "", 1),
    ),
    calls(
        "FCG0745",
        "task-stop-with-body",
        "sends an empty JSON object as the body of a stop",
        &["FC-TASK-003"],
        |input, request| {
            if input.request.operation == TaskOperation::Stop {
                request.body = b"{}".to_vec();
            }
        },
    ),
    calls(
        "FCG0746",
        "task-list-without-parameters",
        "lists tasks without the parameters of the caller",
        &["FC-TASK-002"],
        |_, request| keep_parameters(request, |_, _| false),
    ),
    calls(
        "FCG0747",
        "task-list-defaults-sent",
        "sends parameters of a list that the caller did not set",
        &["FC-TASK-002"],
        |input, request| {
            if input.request.operation == TaskOperation::List && input.request.limit.is_none() {
                let mark = if request.url.contains('?') { "&" } else { "?" };
                request.url += mark;
                request.url += "limit=0";
            }
        },
    ),
    calls(
        "FCG0748",
        "task-prefix-of-another-revision",
        "lists tasks with the name that the parameter of the prefix has in another revision",
        &["FC-TASK-002"],
        |_, request| {
            let (newest, earlier) = ("prefix=", "invocationIdPrefix=");
            request.url = if request.url.contains(earlier) {
                request.url.replacen(earlier, newest, 1)
            } else {
                request.url.replacen(newest, earlier, 1)
            };
        },
    ),
    calls(
        "FCG0749",
        "task-token-cut-at-an-escape",
        "sends the token of a page only up to its first character that needs an escape",
        &["FC-TASK-002"],
        |_, request| {
            keep_parameters(request, |name, value| {
                name != "nextToken" || !value.contains('%')
            });
        },
    ),
    calls(
        "FCG0750",
        "task-times-in-seconds",
        "sends the time window of a list in seconds",
        &["FC-TASK-002"],
        |input, request| {
            for time in [
                input.request.started_time_begin,
                input.request.started_time_end,
            ] {
                let Some(time) = time else { continue };
                request.url =
                    request
                        .url
                        .replacen(&time.to_string(), &(time / 1000).to_string(), 1);
            }
        },
    ),
    calls(
        "FCG0751",
        "task-action-of-an-invocation",
        "names the action InvokeFunction in an operation on tasks",
        &["FC-TASK-008"],
        |_, request| request.headers.set("x-acs-action", "InvokeFunction"),
    ),
    calls(
        "FCG0752",
        "task-version-of-another-revision",
        "names another version of the API in an operation on tasks",
        &["FC-TASK-008"],
        |_, request| request.headers.set("x-acs-version", "2016-08-15"),
    ),
    calls(
        "FCG0753",
        "task-headers-of-an-earlier-call",
        "sends a header of an earlier invocation with an operation on tasks",
        &["FC-TASK-009"],
        |_, request| request.headers.push("x-request-tag", "nightly"),
    ),
    calls(
        "FCG0754",
        "task-secret-sent",
        "sends the access key secret in a header of an operation on tasks",
        &["FC-TASK-009"],
        |_, request| {
            let secret = request.credentials.access_key_secret.clone();
            request.headers.push("x-access-key-secret", secret);
        },
    ),
];

/// Keeps the parameters of the query for which `keeps` returns true; values are still escaped.
fn keep_parameters(request: &mut SignInput, keeps: fn(&str, &str) -> bool) {
    let Some((path, query)) = request.url.split_once('?') else {
        return;
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            keeps(name, value)
        })
        .collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    request.url = format!("{path}{mark}{}", kept.join("&"));
}
