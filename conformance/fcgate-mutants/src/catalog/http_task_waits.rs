//! Mistakes in waiting for the end of a task.

use fcgate_protocol::{OutcomeKind, TaskOutput};

use crate::client::task;
use crate::mistake::Mistake;
use crate::mutant::Mutant;

use super::constructor::constructor;

constructor!(polls, |again: fn(&TaskOutput, u32) -> bool| {
    Mistake::PollsTask(again)
});

pub(super) const MUTANTS: &[Mutant] = &[
    polls(
        "FCG0769",
        "task-wait-ends-at-once",
        "returns the task of the first read of a wait, whatever its state",
        &["FC-TASK-010"],
        |_, _| false,
    ),
    polls(
        "FCG0770",
        "task-wait-only-for-success",
        "waits until a task has succeeded, although it failed, was stopped or expired",
        &["FC-TASK-010"],
        |output, polls| {
            let task = output.task.as_ref();
            let has_failed = task.is_some_and(|task| task.status.as_deref() != Some("Succeeded"));
            has_failed || task::is_followed(output, polls)
        },
    ),
    polls(
        "FCG0771",
        "task-wait-ends-while-stopping",
        "takes every state except Enqueued and Running for the end of a task",
        &["FC-TASK-010"],
        |output, polls| {
            let status = output.task.as_ref().and_then(|task| task.status.as_deref());
            let is_running = status.is_none_or(|status| ["Enqueued", "Running"].contains(&status));
            is_running && task::is_followed(output, polls)
        },
    ),
    polls(
        "FCG0772",
        "task-wait-not-recorded-is-an-error",
        "ends a wait because the task is not recorded yet",
        &["FC-TASK-010"],
        |output, polls| output.task.is_some() && task::is_followed(output, polls),
    ),
    polls(
        "FCG0773",
        "task-wait-through-refusals",
        "goes on waiting although the reads of the task are refused",
        &["FC-TASK-010", "FC-TASK-007"],
        |output, polls| {
            output.outcome.kind == OutcomeKind::ServiceError || task::is_followed(output, polls)
        },
    ),
];
