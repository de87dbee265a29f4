//! Mistakes in the results of operations on tasks.

use fcgate_protocol::{Outcome, OutcomeKind, Task, TaskInput, TaskOperation, TaskOutput};

use crate::mistake::Mistake;
use crate::mutant::Mutant;

use super::constructor::constructor;

/// The states that the documents of the SDKs list.
const KNOWN_STATES: [&str; 9] = [
    "Enqueued",
    "Running",
    "Retrying",
    "Stopping",
    "Succeeded",
    "Failed",
    "Stopped",
    "Expired",
    "Invalid",
];

constructor!(answers, |change: fn(&TaskInput, &mut TaskOutput)| {
    Mistake::AnswersTask(change)
});

pub(super) const MUTANTS: &[Mutant] = &[
    answers(
        "FCG0755",
        "task-fields-of-one-revision",
        "reads the fields of a task under the names of one revision only",
        &["FC-TASK-004"],
        |input, output| {
            if input.revision == "2021-04-06" {
                for task in tasks(output) {
                    (task.task_id, task.payload, task.error_message) = (None, None, None);
                }
            } else {
                for task in tasks(output) {
                    task.error_message = None;
                }
            }
        },
    ),
    answers(
        "FCG0756",
        "task-details-lost",
        "returns only the id and the state of a task",
        &["FC-TASK-004"],
        |_, output| {
            for task in tasks(output) {
                *task = Task {
                    task_id: task.task_id.take(),
                    status: task.status.take(),
                    ..Task::default()
                };
            }
        },
    ),
    answers(
        "FCG0757",
        "task-end-zero-lost",
        "leaves out a number of a task that is 0",
        &["FC-TASK-004"],
        |_, output| {
            for task in tasks(output) {
                task.end_time = task.end_time.filter(|time| *time > 0);
            }
        },
    ),
    answers(
        "FCG0758",
        "task-unknown-state-refused",
        "refuses a task with a state that it does not know",
        &["FC-TASK-006"],
        |_, output| {
            let status = output.task.as_ref().and_then(|task| task.status.as_deref());
            if status.is_some_and(|status| !KNOWN_STATES.contains(&status)) {
                output.task = None;
                output.outcome.kind = OutcomeKind::BadResponse;
            }
        },
    ),
    answers(
        "FCG0759",
        "task-state-in-upper-case",
        "returns the state of a task in upper case",
        &["FC-TASK-006"],
        |_, output| {
            for task in tasks(output) {
                task.status = task.status.take().map(|status| status.to_uppercase());
            }
        },
    ),
    answers(
        "FCG0760",
        "task-error-as-empty-result",
        "reports an error of the service as a task or a page without content",
        &["FC-TASK-007"],
        |input, output| {
            if output.outcome.kind == OutcomeKind::ServiceError {
                as_success(input, output);
            }
        },
    ),
    answers(
        "FCG0761",
        "task-wrong-document-as-empty-task",
        "reports a document that is no task as a task without content",
        &["FC-TASK-007"],
        |input, output| {
            if output.outcome.kind == OutcomeKind::BadResponse {
                as_success(input, output);
            }
        },
    ),
    answers(
        "FCG0762",
        "task-lost-response-as-success",
        "reports an operation on tasks without a complete response as a success",
        &["FC-TASK-009"],
        |input, output| {
            if output.outcome.kind == OutcomeKind::TransportError {
                as_success(input, output);
            }
        },
    ),
    answers(
        "FCG0763",
        "task-error-details-lost",
        "returns neither code nor message nor request id of an error about tasks",
        &["FC-TASK-007"],
        |_, output| {
            if output.outcome.kind == OutcomeKind::ServiceError {
                let outcome = &mut output.outcome;
                (outcome.code, outcome.message, outcome.request_id) = (None, None, None);
            }
        },
    ),
    answers(
        "FCG0764",
        "task-page-token-lost",
        "does not return the token of the next page",
        &["FC-TASK-005"],
        |_, output| output.next_token = None,
    ),
    answers(
        "FCG0765",
        "task-page-token-invented",
        "returns an empty token with the last page",
        &["FC-TASK-005"],
        |_, output| {
            if output.tasks.is_some() && output.next_token.is_none() {
                output.next_token = Some(String::new());
            }
        },
    ),
    answers(
        "FCG0766",
        "task-page-cut",
        "returns only the first task of a page",
        &["FC-TASK-005"],
        |_, output| {
            if let Some(tasks) = &mut output.tasks {
                tasks.truncate(1);
            }
        },
    ),
    answers(
        "FCG0767",
        "task-empty-page-refused",
        "refuses a page without tasks",
        &["FC-TASK-005"],
        |_, output| {
            if output.tasks.as_ref().is_some_and(Vec::is_empty) {
                output.tasks = None;
                output.outcome.kind = OutcomeKind::BadResponse;
            }
        },
    ),
    answers(
        "FCG0768",
        "task-stop-needs-200",
        "reports a stop with another 2xx than 200 as an error",
        &["FC-TASK-003"],
        |_, output| {
            if output
                .outcome
                .status
                .is_some_and(|status| (201..300).contains(&status))
            {
                output.outcome.kind = OutcomeKind::BadResponse;
            }
        },
    ),
];

fn tasks(output: &mut TaskOutput) -> impl Iterator<Item = &mut Task> {
    output
        .task
        .iter_mut()
        .chain(output.tasks.iter_mut().flatten())
}

/// Makes the output a success without content.
fn as_success(input: &TaskInput, output: &mut TaskOutput) {
    let status = output.outcome.status.filter(|status| *status < 300);
    output.outcome = Outcome::new(OutcomeKind::Completed);
    output.outcome.status = Some(status.unwrap_or(200));
    match input.request.operation {
        TaskOperation::Get | TaskOperation::Wait => output.task = Some(Task::default()),
        TaskOperation::List => output.tasks = Some(Vec::new()),
        TaskOperation::Stop => {}
    }
}
