//! Judges an operation on tasks by its result and by the requests that arrived.

use fcgate_protocol::{Capabilities, Task, TaskOutput};

use crate::corpus::{TaskExpectation, TaskGiven};

use super::{Arrivals, Check, Comparer, arrived, outcome, redirected};

/// The fields of an output that a case may list as absent, besides those of the outcome.
const RESULTS: [&str; 3] = ["task", "tasks", "next_token"];

/// Compares the outcome, the tasks and the token of the next page.
pub(super) fn result(
    by: &Comparer,
    expect: &TaskExpectation,
    claims: &Capabilities,
    output: &TaskOutput,
    checks: &mut Vec<Check>,
) {
    let (results, absent): (Vec<String>, Vec<String>) = expect
        .absent
        .iter()
        .cloned()
        .partition(|name| RESULTS.contains(&name.as_str()));
    outcome::checks(
        by,
        &expect.outcome,
        &absent,
        claims,
        &output.outcome,
        checks,
    );
    for name in results {
        let actual = match name.as_str() {
            "task" => output.task.as_ref().map(shown),
            "tasks" => output.tasks.as_deref().map(ids),
            _ => output.next_token.clone(),
        };
        let actual = actual.as_deref().map(str::as_bytes);
        checks.push(by.compare_absent(format!("no-{name}"), actual));
    }
    if let Some(expected) = &expect.next_token {
        checks.push(by.compare_text("next_token", expected, output.next_token.as_deref()));
    }
    if let Some(expected) = &expect.task {
        let actual = output.task.clone().unwrap_or_default();
        compare(by, "task", &[(**expected).clone()], &[actual], checks);
    }
    if let Some(expected) = &expect.tasks {
        let actual = output.tasks.clone();
        let count = actual.as_ref().map(|tasks| tasks.len().to_string());
        checks.push(by.compare_text("tasks.count", &expected.len().to_string(), count.as_deref()));
        compare(by, "tasks", expected, &actual.unwrap_or_default(), checks);
    }
}

/// Compares the requests that arrived.
pub(super) fn arrivals(
    by: &Comparer,
    given: &TaskGiven,
    expect: &TaskExpectation,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let actual = arrivals.requests.len().to_string();
    checks.push(by.compare_text("requests", &expect.requests.to_string(), Some(&actual)));
    checks.extend(redirected::check(by, &given.answers, arrivals));
    if expect.requests > 0 {
        arrived::of_task(by, given, arrivals, checks);
    }
}

/// One check for each field that an expected task has: the values of all tasks, one per line.
fn compare(
    by: &Comparer,
    start: &str,
    expected: &[Task],
    actual: &[Task],
    checks: &mut Vec<Check>,
) {
    for (field, value) in FIELDS {
        if expected.iter().all(|task| value(task).is_none()) {
            continue;
        }
        let lines = |tasks: &[Task]| -> Option<String> {
            let values: Vec<Option<String>> = tasks.iter().map(value).collect();
            let is_there = values.iter().any(Option::is_some);
            let line = |value: Option<String>| value.unwrap_or_else(|| "(left out)".to_owned());
            let lines: Vec<String> = values.into_iter().map(line).collect();
            is_there.then(|| lines.join("\n"))
        };
        let id = format!("{start}.{field}");
        let (expected, actual) = (lines(expected), lines(actual));
        checks.push(by.compare_text(id, &expected.unwrap_or_default(), actual.as_deref()));
    }
}

/// A field of a task as text.
type Field = (&'static str, fn(&Task) -> Option<String>);

const FIELDS: [Field; 13] = [
    ("task_id", |task| task.task_id.clone()),
    ("qualifier", |task| task.qualifier.clone()),
    ("status", |task| task.status.clone()),
    ("started_time", |task| number(task.started_time)),
    ("end_time", |task| number(task.end_time)),
    ("duration_ms", |task| number(task.duration_ms)),
    ("destination_status", |task| task.destination_status.clone()),
    ("error_message", |task| task.error_message.clone()),
    ("payload", |task| task.payload.clone()),
    ("return_payload", |task| task.return_payload.clone()),
    ("already_retried_times", |task| {
        number(task.already_retried_times)
    }),
    ("request_id", |task| task.request_id.clone()),
    ("instance_id", |task| task.instance_id.clone()),
];

fn number(value: Option<u64>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn shown(task: &Task) -> String {
    format!("a task with the id {:?}", task.task_id)
}

fn ids(tasks: &[Task]) -> String {
    let ids = tasks.iter().map(|task| task.task_id.as_deref());
    ids.map(Option::unwrap_or_default)
        .collect::<Vec<_>>()
        .join("\n")
}
