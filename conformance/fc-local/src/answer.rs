//! The answer to one request.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use fcgate_http::answer::{self as http_answer, Step};

use super::delivery::Delivery;
use super::header_values::Field;
use super::received_request::ReceivedRequest;
use super::route::ELSEWHERE;
use super::scenario::ScriptedAnswer;
use super::service_error::{Bodies, ServiceError};

/// A response, and how it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) message: http_answer::Response,
    pub(super) delivery: Delivery,
    /// The pause before the answer.
    pub(super) delay: Duration,
}

const LOG: &str = "FC Invoke Start RequestId: {id}\nhello from the fake function\n\
                   FC Invoke End RequestId: {id}\n\nDuration: 3.87 ms, Billed Duration: 4 ms, \
                   Memory Size: 128 MB, Max Memory Used: 20.26 MB";
const PAGE: &str =
    "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>Bad Gateway</body>\n</html>\n";

/// Returns the answer of a function to an accepted request.
pub(super) fn of_function(
    answer: ScriptedAnswer,
    received: &ReceivedRequest,
    request_id: &str,
    bodies: Bodies,
) -> Response {
    let wants = |name: &str, value: &str| received.value(name) == Some(value);
    let is_async = wants(Field::TYPE, "Async");
    let body = || received.body.clone();
    let mut response = match answer {
        ScriptedAnswer::Refused(status, code, message) => {
            return refusal(
                &ServiceError::new(status, code, message),
                request_id,
                bodies,
            );
        }
        ScriptedAnswer::HtmlError => {
            return Response::new(502, request_id)
                .header("Content-Type", "text/html")
                .body(PAGE);
        }
        ScriptedAnswer::EmptyError => return Response::new(502, request_id),
        ScriptedAnswer::Redirect => {
            return Response::new(302, request_id).header("Location", ELSEWHERE);
        }
        ScriptedAnswer::Close
        | ScriptedAnswer::Reset
        | ScriptedAnswer::CutHead
        | ScriptedAnswer::Cut
        | ScriptedAnswer::Stall => {
            let mut response = Response::new(200, request_id).body("half of this does not come");
            response.delivery = match answer {
                ScriptedAnswer::Close => Delivery::Close,
                ScriptedAnswer::Reset => Delivery::Reset,
                ScriptedAnswer::CutHead => Delivery::CutHead,
                ScriptedAnswer::Cut => Delivery::Cut,
                _ => Delivery::Stall,
            };
            return response;
        }
        _ if is_async => return accepted(received, request_id),
        ScriptedAnswer::Async => return accepted(received, request_id),
        ScriptedAnswer::Echo
        | ScriptedAnswer::Task(_)
        | ScriptedAnswer::Empty
        | ScriptedAnswer::Chunked
        | ScriptedAnswer::LogTail
        | ScriptedAnswer::Slow
        | ScriptedAnswer::Drip => Response::new(200, request_id).body(body()),
        // The body is that of the session.
        ScriptedAnswer::Session(_) => {
            Response::new(200, request_id).header("Content-Type", "application/json")
        }
        ScriptedAnswer::HandledError => function_error(
            request_id,
            "HandledInvocationError",
            r#"{"errorMessage":"the function says no","errorType":"Error","stackTrace":[]}"#,
        ),
        ScriptedAnswer::UnhandledError => function_error(
            request_id,
            "UnhandledInvocationError",
            r#"{"errorMessage":"division by zero","errorType":"ZeroDivisionError","stackTrace":["File \"/code/index.py\", line 2, in handler"]}"#,
        ),
        ScriptedAnswer::FunctionTimeout => function_error(
            request_id,
            "UnhandledInvocationError",
            r#"{"errorMessage":"Function timed out after 3 seconds (maxMemoryUsage: 20.26MB)"}"#,
        ),
    };
    match answer {
        ScriptedAnswer::Empty => response.message.body = Vec::new(),
        ScriptedAnswer::Chunked => response.delivery = Delivery::Chunked,
        ScriptedAnswer::Slow => response.delivery = Delivery::Late,
        ScriptedAnswer::Drip => response.delivery = Delivery::Drip,
        _ => {}
    }
    if !response.message.headers.contains("Content-Type") {
        let kind = received
            .value("content-type")
            .filter(|kind| kind.is_ascii());
        let kind = kind.unwrap_or("application/octet-stream").to_owned();
        response = response.header("Content-Type", kind);
    }
    if wants(Field::LOG, "Tail") {
        let log = LOG.replace("{id}", request_id);
        response = response.header("X-Fc-Log-Result", STANDARD.encode(log));
    }
    response.ran(Duration::from_millis(4))
}

/// Returns the answer for an error of the service.
pub(super) fn refusal(error: &ServiceError, request_id: &str, bodies: Bodies) -> Response {
    Response::new(error.status, request_id)
        .header("Content-Type", "application/json")
        .body(error.json(bodies, request_id))
}

pub(super) fn accepted(received: &ReceivedRequest, request_id: &str) -> Response {
    let id = [Field::ID, Field::TASK].into_iter();
    let id = id
        .filter_map(|name| received.value(name))
        .find(|id| !id.is_empty());
    let response = Response::new(202, request_id);
    match id.filter(|id| super::header_values::is_name(id)) {
        Some(id) => response.header("X-Fc-Stateful-Async-Invocation-Id", id),
        None => response,
    }
}

fn function_error(request_id: &str, kind: &str, body: &str) -> Response {
    Response::new(200, request_id)
        .header("Content-Type", "application/json")
        .header("X-Fc-Error-Type", kind)
        .body(body)
}

impl Response {
    /// The status that the client receives; `None` if the connection is closed without one.
    pub(super) fn sent_status(&self) -> Option<u16> {
        let is_sent = !matches!(
            self.delivery,
            Delivery::Close | Delivery::Reset | Delivery::CutHead
        );
        is_sent.then_some(self.message.status)
    }

    pub(super) fn new(status: u16, request_id: &str) -> Self {
        let response = Self {
            message: http_answer::Response::new(status),
            delivery: Delivery::Whole,
            delay: Duration::ZERO,
        };
        response.header("X-Fc-Request-Id", request_id)
    }

    /// 200 with a JSON body.
    pub(super) fn of_json(body: &serde_json::Value, request_id: &str) -> Self {
        Self::new(200, request_id)
            .header("Content-Type", "application/json")
            .body(body.to_string())
    }

    pub(super) fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.message.headers.push(name, value);
        self
    }

    pub(super) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.message.body = body.into();
        self
    }

    /// Adds the headers of a function that has run for this time.
    pub(super) fn ran(self, time: Duration) -> Self {
        let milliseconds = time.as_millis().max(1).to_string();
        self.header("X-Fc-Invocation-Duration", milliseconds)
            .header("X-Fc-Max-Memory-Usage", "20.26")
            .header("X-Fc-Code-Checksum", "8543612379823572094")
            .header("X-Fc-Instance-Id", "c-00000000-dummy")
            .header("X-Fc-Invocation-Service-Version", "LATEST")
    }

    /// The answer as an HTTP trigger of FC 3.0 sends it: 502 for a function error, and the headers that the built-in
    /// domain adds. `origin` is the `Origin` of the request.
    pub(super) fn of_trigger(mut self, origin: Option<&str>) -> Self {
        if self.message.headers.contains("X-Fc-Error-Type") {
            self.message.status = 502;
        }
        // A function that is an HTTP server may have set them itself.
        let mut add = |name: &str, value: &str| {
            if !self.message.headers.contains(name) {
                self.message.headers.push(name, value);
            }
        };
        if let Some(origin) = origin {
            add("Access-Control-Allow-Origin", origin);
            add("Access-Control-Allow-Credentials", "true");
        }
        add("Access-Control-Expose-Headers", "Date,x-fc-request-id");
        add("Content-Disposition", "attachment");
        self
    }

    /// The status code.
    pub(super) fn status(&self) -> u16 {
        self.message.status
    }

    /// The steps that send the response. `late` is the pause before a late response.
    pub(super) fn steps(&self, late: Duration, close: bool) -> Vec<Step> {
        let mut steps = self.delivery.steps(&self.message, late, close);
        if !self.delay.is_zero() {
            steps.insert(0, Step::Pause(self.delay));
        }
        steps
    }
}
