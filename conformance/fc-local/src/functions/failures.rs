//! The replies for functions that did not start, died, or gave an answer that the service does not accept.

use std::time::Duration;

use super::call::CallKind;
use super::reply::{LONGEST_RESULT, Reply};

const UNHANDLED: &str = "UnhandledInvocationError";

/// The process exited, or closed its connection, before it completed the request.
pub(super) fn exited(took: Duration) -> Reply {
    let milliseconds = took.as_secs_f64() * 1000.0;
    Reply::function_error(
        UNHANDLED,
        &format!(
            "Process exited unexpectedly before completing request (duration: {milliseconds:.0}ms, maxMemoryUsage: 20.26MB)"
        ),
    )
}

/// The function took longer than its time limit.
pub(super) fn timed_out(limit: Duration) -> Reply {
    Reply::timed_out(limit)
}

/// There is no server of the function: the call did not reach it.
pub(super) fn not_started(kind: CallKind, waited: Duration, reason: &str) -> Reply {
    let status = match kind {
        CallKind::HttpTrigger => 502,
        CallKind::Sync | CallKind::Async => 412,
    };
    let nanoseconds = waited.as_nanos();
    let message = format!(
        "The CA's http server cannot be started:ContainerStartDuration:{nanoseconds}. Ping CA failed due to: {reason}"
    );
    Reply::service_error(status, "FunctionNotStarted", message)
        .assumed("the status of FunctionNotStarted is 412, and 502 for an HTTP trigger: only users report it")
}

/// The answer of the function is not HTTP.
pub(super) fn bad_response(reason: &str) -> Reply {
    Reply::service_error(502, "BadResponse", format!("BadResponse: {reason}")).assumed(
        "an answer that is not HTTP is a BadResponse: the manual names the code for HTTP triggers",
    )
}

/// The result is larger than the service accepts.
pub(super) fn too_large() -> Reply {
    let message = format!("the result is larger than the limit of {LONGEST_RESULT} bytes");
    Reply::function_error(UNHANDLED, &message)
        .remark(format!(
            "{message}; return less, or store the result and return its address"
        ))
        .assumed("the message for a result over the limit")
}
