//! One asynchronous call: its runs, its retries, and the states of its task.

use std::sync::Arc;

use jiff::Timestamp;

use crate::functions::{Call, Outcome, OwnFunction, Reply, within_limit};
use crate::tasks::{State, TaskResult, TaskRun, Tasks};

use super::retry::wait_before;

/// An asynchronous call that the server accepted.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) function: Arc<OwnFunction>,
    pub(super) call: Call,
    pub(super) run: TaskRun,
}

impl Job {
    /// The calls of the functions with one key share the places of that function.
    pub(super) fn key(&self) -> String {
        self.function.name.to_string()
    }

    /// The call in a message.
    pub(super) fn describe(&self) -> String {
        format!(
            "asynchronous call {} of {}",
            self.call.request_id, self.call.function
        )
    }

    /// Runs the call to its end. Returns the lines of the log.
    pub(super) fn run(&self, tasks: &Tasks, now: impl Fn() -> Timestamp) -> Vec<String> {
        let enter = |state, result| tasks.enter(&self.run, state, result, now());
        let mut lines = Vec::new();
        let mut retries = 0;
        let end = loop {
            if !enter(State::Running, None) {
                break State::Stopped;
            }
            let reply = within_limit(self.function.call(&self.call), self.call.time_limit);
            lines.extend(reply.remarks.iter().map(|remark| format!("  {remark}")));
            if self.call.wait_stopped(reply.delay) {
                break State::Stopped;
            }
            let result = result_of(reply);
            let TaskResult::Error(error) = &result else {
                enter(State::Succeeded, Some(result));
                break State::Succeeded;
            };
            lines.push(format!("  the function failed: {error}"));
            if retries == self.function.settings.retries {
                enter(State::Failed, Some(result));
                break State::Failed;
            }
            retries += 1;
            enter(State::Retrying, None);
            if self.call.wait_stopped(wait_before(retries)) {
                break State::Stopped;
            }
        };
        if end == State::Stopped {
            enter(State::Stopped, None);
        }
        let state = end.name();
        let times = if retries == 1 { "retry" } else { "retries" };
        lines.insert(
            0,
            format!("{}: {state} after {retries} {times}", self.describe()),
        );
        lines
    }
}

fn result_of(reply: Reply) -> TaskResult {
    match reply.outcome {
        Outcome::Success | Outcome::Http(_) => TaskResult::Returned(reply.body),
        Outcome::FunctionError(error_type) => TaskResult::Error(error_type),
        Outcome::ServiceError(_, code, _) => TaskResult::Error(code),
    }
}
