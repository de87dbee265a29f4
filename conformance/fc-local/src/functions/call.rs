//! A call of a function, as the function receives it.

use std::fmt;
use std::time::Duration;

use crate::stop_signal::StopSignal;

/// What kind of call it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallKind {
    /// `InvokeFunction` that waits for the result.
    Sync,
    /// `InvokeFunction` that is answered at once and runs later.
    Async,
    /// An HTTP trigger: the whole request of the caller.
    HttpTrigger,
}

/// A call that the server accepted.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The request id, which is also in the answer.
    pub request_id: String,
    /// The kind of the call.
    pub kind: CallKind,
    /// The service, if the call names one.
    pub service: Option<String>,
    /// The function.
    pub function: String,
    /// The qualifier, if the call names one.
    pub qualifier: Option<String>,
    /// The HTTP method: `POST` for an invocation.
    pub method: String,
    /// Path and query as they were sent.
    pub target: String,
    /// The headers in the order in which they were sent, without `Authorization` and the security token.
    pub headers: Vec<(String, String)>,
    /// The payload, or the body of an HTTP trigger.
    pub payload: Vec<u8>,
    /// The time that the function may take.
    pub time_limit: Duration,
    /// The memory of the function in MB.
    pub memory: u32,
    pub(crate) stop: StopSignal,
}

impl Call {
    /// The value of a header; the name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find_map(|(other, value)| other.eq_ignore_ascii_case(name).then_some(value.as_str()))
    }

    /// The qualifier of the call; a call without one is for `LATEST`.
    pub(crate) fn qualifier_or_latest(&self) -> &str {
        self.qualifier.as_deref().unwrap_or("LATEST")
    }

    /// The version that answers: that of the qualifier if it is a number, else `LATEST`. Aliases do not exist here.
    pub(crate) fn version(&self) -> &str {
        let qualifier = self.qualifier_or_latest();
        let is_number = qualifier.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { qualifier } else { "LATEST" }
    }

    /// Whether an asynchronous call is to end: its task was stopped, or the server ends. What the function returns is not used.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.is_set()
    }

    /// Waits until the call is to end, but not longer than this. Returns whether it is to end.
    #[must_use]
    pub fn wait_stopped(&self, longest: Duration) -> bool {
        self.stop.wait(longest)
    }

    /// The payload as text; bytes that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.payload).into_owned()
    }
}

/// Without the payload and the values of headers, which may hold secrets of the application.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("request_id", &self.request_id)
            .field("kind", &self.kind)
            .field("service", &self.service)
            .field("function", &self.function)
            .field("qualifier", &self.qualifier)
            .field("method", &self.method)
            .field("payload_bytes", &self.payload.len())
            .finish_non_exhaustive()
    }
}
