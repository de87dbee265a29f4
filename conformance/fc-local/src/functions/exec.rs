//! `exec:COMMAND`: a process for each call.

use std::time::Duration;

use fcgate_http::clock;
use fcgate_runner::{CommandRunner, RunEnding, RunLimits};
use fcgate_text::visible;

use super::call::{Call, CallKind};
use super::command_line;
use super::failures;
use super::function::Function;
use super::process_variables;
use super::reply::{LONGEST_RESULT, Reply};

/// A function whose calls each run a command: payload on standard input, result on standard output, log on standard error.
#[derive(Debug)]
pub(super) struct Exec(CommandRunner);

impl Exec {
    /// Reads the command.
    ///
    /// # Errors
    ///
    /// When it is not a command, or its program is not found or not executable.
    pub(super) fn read(command: &str) -> Result<Self, String> {
        command_line::read(command).map(|program| Self(CommandRunner::new(program)))
    }
}

impl Function for Exec {
    fn call(&self, call: &Call) -> Reply {
        let limits = RunLimits {
            time: call.time_limit,
            output: LONGEST_RESULT,
        };
        let started = clock::now();
        let variables = process_variables::of_call(call);
        let is_stopped = || call.is_stopped();
        let run = self.0.run(&call.payload, &variables, limits, is_stopped);
        let took = started.elapsed();
        let output = match run {
            Ok(output) => output,
            Err(error) => {
                let reason = format!("the process cannot be started: {error}");
                return failures::not_started(call.kind, took, &reason);
            }
        };
        let has_failed = output.ending != RunEnding::Success;
        let mut reply = reply(output.ending, output.stdout, call, took);
        // The caller sees them only in a log tail, and an asynchronous caller never.
        for line in last_lines(&output.stderr).iter().filter(|_| has_failed) {
            reply = reply.remark(format!("it wrote: {line}"));
        }
        reply.log(output.stderr)
    }

    fn end(&self) {
        self.0.end();
    }
}

/// The last lines of standard error, the first of them first.
fn last_lines(stderr: &[u8]) -> Vec<String> {
    const MOST: usize = 5;
    let text = String::from_utf8_lossy(stderr);
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let last = lines.len().saturating_sub(MOST);
    let last = lines.into_iter().skip(last);
    last.map(|line| visible::line(line, 200)).collect()
}

fn reply(ending: RunEnding, result: Vec<u8>, call: &Call, took: Duration) -> Reply {
    match ending {
        // The process has no way to set the status and the headers of an HTTP answer.
        RunEnding::Success if call.kind == CallKind::HttpTrigger => Reply::http(200, result),
        RunEnding::Success => Reply::success(result),
        RunEnding::Failure(status) => failures::exited(took)
            .remark(format!("the process {status}"))
            .assumed("a process that exits with another status than 0 is reported as one that exited during a call"),
        RunEnding::TimeLimit => failures::timed_out(call.time_limit)
            .remark("the process and its descendants were killed at the time limit of the function"),
        RunEnding::OutputLimit => failures::too_large(),
        RunEnding::Stopped => failures::exited(took)
            .remark("the process and its descendants were killed because the task was stopped"),
    }
}
