//! What a function gives for one call.

use std::time::Duration;

use serde_json::json;

/// The most bytes of a result: the service limits the payload of a synchronous call to 32 MB.
pub(super) const LONGEST_RESULT: usize = 32 << 20;

/// How the answer ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// The whole answer is sent.
    #[default]
    Whole,
    /// The body is sent in chunks.
    Chunked,
    /// Half of the body is sent, then the connection is closed.
    Cut,
    /// The head is sent, then nothing more.
    Stall,
    /// The connection is closed without an answer.
    Close,
    /// The connection is reset.
    Reset,
}

/// The result of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Success,
    /// The value of `X-Fc-Error-Type`.
    FunctionError(String),
    /// An error of the service: the function did not run. Status, code, message.
    ServiceError(u16, String, String),
    /// The answer of an HTTP server to an HTTP trigger: its status.
    Http(u16),
}

/// The reply of a function.
///
/// ```
/// use std::time::Duration;
/// use fc_local::Reply;
///
/// let slow = Reply::success("done").log("started\n").delay(Duration::from_millis(50));
/// let busy = Reply::service_error(429, "ResourceExhausted", "the concurrency limit is reached");
/// let failed = Reply::function_error("UnhandledInvocationError", "division by zero");
/// # let _ = (slow, busy, failed);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub(crate) outcome: Outcome,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) log: Vec<u8>,
    pub(crate) delay: Duration,
    pub(crate) ending: Ending,
    /// What the log of the server says about this answer.
    pub(crate) remarks: Vec<String>,
}

impl Reply {
    fn new(outcome: Outcome, body: Vec<u8>) -> Self {
        Self {
            outcome,
            body,
            headers: Vec::new(),
            log: Vec::new(),
            delay: Duration::ZERO,
            ending: Ending::Whole,
            remarks: Vec::new(),
        }
    }

    /// The function returns this result.
    #[must_use]
    pub fn success(result: impl Into<Vec<u8>>) -> Self {
        Self::new(Outcome::Success, result.into())
    }

    /// The function fails: status 200 with `X-Fc-Error-Type`, and a JSON body with this message.
    ///
    /// The types of the service are `HandledInvocationError` and `UnhandledInvocationError`.
    #[must_use]
    pub fn function_error(error_type: impl Into<String>, message: &str) -> Self {
        let body = json!({"errorMessage": message});
        Self::function_error_body(error_type, body.to_string())
    }

    /// The function fails: status 200 with `X-Fc-Error-Type`, and this body.
    #[must_use]
    pub fn function_error_body(error_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::new(Outcome::FunctionError(error_type.into()), body.into())
            .header("Content-Type", "application/json")
    }

    /// The service refuses the call, so that the function does not run: a status, an error code and a message.
    #[must_use]
    pub fn service_error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(
            Outcome::ServiceError(status, code.into(), message.into()),
            Vec::new(),
        )
    }

    /// The answer of an HTTP server, with its status. An invocation drops the status, an HTTP trigger sends it.
    #[must_use]
    pub fn http(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(Outcome::Http(status), body.into())
    }

    /// Adds a header. It replaces the one that the server would send, and the same header of this reply.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.headers
            .retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
        self.headers.push((name, value.into()));
        self
    }

    /// What the function wrote to its log. The last 4 KB are the log tail of a caller that asks for one.
    #[must_use]
    pub fn log(mut self, log: impl Into<Vec<u8>>) -> Self {
        self.log = log.into();
        self
    }

    /// Waits before the answer. Beyond the time limit of the function, the call times out.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// How the answer ends.
    #[must_use]
    pub fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }

    /// Adds a line to the log of the server.
    pub(crate) fn remark(mut self, text: impl Into<String>) -> Self {
        self.remarks.push(text.into());
        self
    }

    /// Adds a line to the log of the server about something that no source says.
    pub(crate) fn assumed(self, text: &str) -> Self {
        self.remark(format!("assumed: {text}"))
    }

    /// The reply of a function that took longer than its time limit.
    pub(crate) fn timed_out(limit: Duration) -> Self {
        let seconds = limit.as_secs_f64();
        Self::function_error(
            "UnhandledInvocationError",
            &format!("Function timed out after {seconds} seconds (maxMemoryUsage: 20.26MB)"),
        )
    }
}
