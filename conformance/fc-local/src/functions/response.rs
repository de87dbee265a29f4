//! The message for the reply of a function.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::answer::{self, Response};
use crate::delivery::Delivery;
use crate::service_error::{Bodies, ServiceError};

use super::call::{Call, CallKind};
use super::reply::{Ending, Outcome, Reply};

/// The most bytes of a log tail: the manual says 4 KB.
const LOG_TAIL: usize = 4 << 10;

/// The answer to a call that its function has replied to.
#[derive(Debug)]
pub(crate) struct Replied {
    pub(crate) response: Response,
    /// Lines of the log.
    pub(crate) remarks: Vec<String>,
    /// Whether the caller cannot know if the function ran, so that a retry may do harm.
    pub(crate) is_uncertain: bool,
    /// The code of an error of the service.
    pub(crate) code: Option<String>,
}

/// The answer for a reply. `ran` is the time that the function took; `wants_log` is whether the caller asked for a log tail.
pub(crate) fn of_reply(
    reply: Reply,
    call: &Call,
    bodies: Bodies,
    ran: Duration,
    wants_log: bool,
) -> Replied {
    let reply = within_limit(reply, call.time_limit);
    let request_id = call.request_id.as_str();
    let is_trigger = call.kind == CallKind::HttpTrigger;
    let took = ran + reply.delay;
    let mut of_service = None;
    let (mut response, has_run) = match reply.outcome {
        Outcome::Success => (Response::new(200, request_id).body(reply.body), true),
        Outcome::FunctionError(error_type) => {
            let error_type = header_text(&error_type);
            let response = Response::new(200, request_id).header("X-Fc-Error-Type", error_type);
            (response.body(reply.body), true)
        }
        Outcome::Http(status) => {
            let status = if is_trigger { status } else { 200 };
            (Response::new(status, request_id).body(reply.body), true)
        }
        Outcome::ServiceError(status, code, message) => {
            let error = ServiceError::new(status, &code, message);
            let response = answer::refusal(&error, request_id, bodies);
            of_service = Some(code);
            (response, false)
        }
    };
    let uncertain_status = !has_run && matches!(response.status(), 500 | 502 | 504);
    let mut written: Vec<String> = Vec::new();
    for (name, value) in reply.headers {
        let name_in_lower_case = name.to_ascii_lowercase();
        if written.contains(&name_in_lower_case) {
            // A header such as Set-Cookie may be there several times.
            response.message.headers.push(name, value);
        } else {
            response
                .message
                .headers
                .set(&header_text(&name), header_text(&value));
            written.push(name_in_lower_case);
        }
    }
    if has_run {
        if !response.message.headers.contains("Content-Type") {
            response = response.header("Content-Type", "application/octet-stream");
        }
        if wants_log {
            let tail = log_tail(call, &reply.log, took);
            response = response.header("X-Fc-Log-Result", STANDARD.encode(tail));
        }
        response = response.ran(took);
    }
    response.delay = reply.delay;
    response.delivery = match reply.ending {
        Ending::Whole => Delivery::Whole,
        Ending::Chunked => Delivery::Chunked,
        Ending::Cut => Delivery::Cut,
        Ending::Stall => Delivery::Stall,
        Ending::Close => Delivery::Close,
        Ending::Reset => Delivery::Reset,
    };
    Replied {
        response,
        remarks: reply.remarks,
        code: of_service,
        is_uncertain: uncertain_status || !matches!(reply.ending, Ending::Whole | Ending::Chunked),
    }
}

/// A text of the code of a function as the name or the value of a header, whose characters are bytes: one that could end a line, or
/// that is no byte, becomes `?`.
fn header_text(text: &str) -> String {
    let is_byte = |one: char| one == '\t' || (!one.is_control() && u8::try_from(one).is_ok());
    let characters = text.chars();
    characters
        .map(|one| if is_byte(one) { one } else { '?' })
        .collect()
}

/// A reply that waits longer than the time limit becomes that of a function that timed out.
pub(crate) fn within_limit(reply: Reply, limit: Duration) -> Reply {
    if reply.delay <= limit {
        return reply;
    }
    Reply::timed_out(limit).log(reply.log).delay(limit)
}

/// The end of the log of a call, framed as the runtimes of the service print it.
fn log_tail(call: &Call, log: &[u8], took: Duration) -> Vec<u8> {
    let (id, memory) = (&call.request_id, call.memory);
    let mut text = format!("FC Invoke Start RequestId: {id}\n").into_bytes();
    text.extend_from_slice(log);
    if !log.is_empty() && !log.ends_with(b"\n") {
        text.push(b'\n');
    }
    let milliseconds = took.as_secs_f64() * 1000.0;
    let billed = milliseconds.ceil().max(1.0);
    let end = format!(
        "FC Invoke End RequestId: {id}\n\nDuration: {milliseconds:.2} ms, Billed Duration: {billed:.0} ms, \
         Memory Size: {memory} MB, Max Memory Used: 20.26 MB"
    );
    text.extend_from_slice(end.as_bytes());
    text.split_off(text.len().saturating_sub(LOG_TAIL))
}
