//! The functions of the server, and the answer of each.

use super::affinity::SessionRule;
use super::tasks::TaskScript;

/// The answer that a function always gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScriptedAnswer {
    Echo,
    Empty,
    Chunked,
    LogTail,
    HandledError,
    UnhandledError,
    FunctionTimeout,
    Async,
    /// An asynchronous invocation leaves a task with this script.
    Task(TaskScript),
    /// A function with session affinity.
    Session(SessionRule),
    /// An error of the service: its status, its code, its message.
    Refused(u16, &'static str, &'static str),
    HtmlError,
    EmptyError,
    Redirect,
    Slow,
    Drip,
    Stall,
    Cut,
    CutHead,
    Close,
    Reset,
}

/// A function of the server.
#[derive(Debug)]
pub(super) struct Scenario {
    pub(super) name: &'static str,
    /// The description in the printed table.
    pub(super) description: &'static str,
    pub(super) answer: ScriptedAnswer,
}

const fn scenario(
    name: &'static str,
    description: &'static str,
    answer: ScriptedAnswer,
) -> Scenario {
    Scenario {
        name,
        description,
        answer,
    }
}

/// All functions, in the order of the table.
pub(super) const SCENARIOS: &[Scenario] = &[
    scenario(
        "echo",
        "200 with the payload that was sent",
        ScriptedAnswer::Echo,
    ),
    scenario("empty", "200 with no body", ScriptedAnswer::Empty),
    scenario(
        "chunked",
        "200 with the payload in chunks",
        ScriptedAnswer::Chunked,
    ),
    scenario(
        "log-tail",
        "200, with a log tail if X-Fc-Log-Type is Tail",
        ScriptedAnswer::LogTail,
    ),
    scenario(
        "handled-error",
        "200 with X-Fc-Error-Type: HandledInvocationError",
        ScriptedAnswer::HandledError,
    ),
    scenario(
        "unhandled-error",
        "200 with X-Fc-Error-Type: UnhandledInvocationError",
        ScriptedAnswer::UnhandledError,
    ),
    scenario(
        "function-timeout",
        "200 with X-Fc-Error-Type: the function timed out",
        ScriptedAnswer::FunctionTimeout,
    ),
    scenario(
        "async",
        "202; so do all others for X-Fc-Invocation-Type: Async",
        ScriptedAnswer::Async,
    ),
    scenario(
        "task-taken",
        "409 StatefulAsyncInvocationAlreadyExists",
        ScriptedAnswer::Refused(
            409,
            "StatefulAsyncInvocationAlreadyExists",
            "the stateful async invocation already exists",
        ),
    ),
    scenario(
        "task-endless",
        "a task that runs until it is stopped",
        ScriptedAnswer::Task(TaskScript::Endless),
    ),
    scenario(
        "task-retried",
        "a task that fails once and is retried",
        ScriptedAnswer::Task(TaskScript::Retried),
    ),
    scenario(
        "task-expired",
        "a task that expires in the queue",
        ScriptedAnswer::Task(TaskScript::Expires),
    ),
    scenario(
        "task-invalid",
        "a task that cannot run",
        ScriptedAnswer::Task(TaskScript::Invalid),
    ),
    scenario(
        "task-late",
        "a task that the first two polls do not find",
        ScriptedAnswer::Task(TaskScript::Late),
    ),
    scenario(
        "task-suspended",
        "a task that reaches a state that no document names",
        ScriptedAnswer::Task(TaskScript::UnknownState),
    ),
    scenario(
        "task-untracked",
        "202 without a task: the function is not in task mode",
        ScriptedAnswer::Task(TaskScript::Untracked),
    ),
    scenario(
        "session-header",
        "the session of the session header, made if it is absent",
        ScriptedAnswer::Session(SessionRule::Header),
    ),
    scenario(
        "session-cookie",
        "the session of the cookie, made if it is absent",
        ScriptedAnswer::Session(SessionRule::Cookie),
    ),
    scenario(
        "session-short",
        "a session ends after 3 requests; its id starts a new one",
        ScriptedAnswer::Session(SessionRule::Short),
    ),
    scenario(
        "session-no-reuse",
        "a session ends after 3 requests; its id is refused",
        ScriptedAnswer::Session(SessionRule::NoReuse),
    ),
    scenario(
        "session-busy",
        "429 for each request of a session after its first",
        ScriptedAnswer::Session(SessionRule::Busy),
    ),
    scenario(
        "session-mcp",
        "HTTP triggers only: the session of Mcp-Session-Id; DELETE ends it",
        ScriptedAnswer::Session(SessionRule::Mcp),
    ),
    scenario(
        "invalid-argument",
        "400 InvalidArgument",
        ScriptedAnswer::Refused(400, "InvalidArgument", "the argument is invalid"),
    ),
    scenario(
        "too-large",
        "400 EntityTooLarge",
        ScriptedAnswer::Refused(
            400,
            "EntityTooLarge",
            "payload size exceeds maximum allowed size (33554432 bytes)",
        ),
    ),
    scenario(
        "denied",
        "403 AccessDenied",
        ScriptedAnswer::Refused(
            403,
            "AccessDenied",
            "The service or function doesn't belong to you.",
        ),
    ),
    scenario(
        "throttled",
        "429 ResourceExhausted",
        ScriptedAnswer::Refused(429, "ResourceExhausted", "the concurrency limit is reached"),
    ),
    scenario(
        "no-machines",
        "503 ResourceThrottled",
        ScriptedAnswer::Refused(503, "ResourceThrottled", "no machine is free"),
    ),
    scenario(
        "server-error",
        "500 InternalServerError",
        ScriptedAnswer::Refused(500, "InternalServerError", "an internal error has occurred"),
    ),
    scenario(
        "html-error",
        "502 with an HTML page instead of JSON",
        ScriptedAnswer::HtmlError,
    ),
    scenario(
        "empty-error",
        "502 with no body",
        ScriptedAnswer::EmptyError,
    ),
    scenario(
        "redirect",
        "302 to /elsewhere, which a client must not request",
        ScriptedAnswer::Redirect,
    ),
    scenario("slow", "200 after four seconds", ScriptedAnswer::Slow),
    scenario("drip", "200, the body byte by byte", ScriptedAnswer::Drip),
    scenario(
        "stall",
        "200, the head only; then the connection stays open",
        ScriptedAnswer::Stall,
    ),
    scenario("cut", "200, cut within the body", ScriptedAnswer::Cut),
    scenario("cut-head", "cut within the head", ScriptedAnswer::CutHead),
    scenario(
        "close",
        "closes the connection without an answer",
        ScriptedAnswer::Close,
    ),
    scenario("reset", "resets the connection", ScriptedAnswer::Reset),
];

impl Scenario {
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        SCENARIOS.iter().find(|scenario| scenario.name == name)
    }

    /// The error code, if the answer is an error of the service.
    pub(super) fn code(&self) -> Option<&'static str> {
        match self.answer {
            ScriptedAnswer::Refused(_, code, _) => Some(code),
            _ => None,
        }
    }

    /// The session affinity of the function.
    pub(super) fn session(&self) -> Option<SessionRule> {
        match self.answer {
            ScriptedAnswer::Session(rule) => Some(rule),
            _ => None,
        }
    }

    /// What the task of an asynchronous invocation does.
    pub(super) fn task(&self) -> TaskScript {
        match self.answer {
            ScriptedAnswer::Task(script) => script,
            ScriptedAnswer::HandledError
            | ScriptedAnswer::UnhandledError
            | ScriptedAnswer::FunctionTimeout => TaskScript::Fails,
            _ => TaskScript::Succeeds,
        }
    }

    /// Whether the caller cannot know if the function ran, so that a retry may do harm.
    pub(super) fn may_have_run(&self) -> bool {
        match self.answer {
            ScriptedAnswer::Refused(status, ..) => status == 500,
            ScriptedAnswer::HtmlError
            | ScriptedAnswer::EmptyError
            | ScriptedAnswer::Slow
            | ScriptedAnswer::Drip
            | ScriptedAnswer::Stall
            | ScriptedAnswer::Cut
            | ScriptedAnswer::CutHead
            | ScriptedAnswer::Close
            | ScriptedAnswer::Reset => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::SCENARIOS;
    use crate::header_values::is_name;

    #[test]
    fn every_scenario_has_a_unique_valid_function_name() {
        let names: BTreeSet<&str> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
        assert_eq!(names.len(), SCENARIOS.len());
        assert!(names.into_iter().all(is_name));
    }
}
