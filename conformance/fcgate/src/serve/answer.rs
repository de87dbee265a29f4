//! The answer to one request.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::bodies::{Bodies, Problem};
use super::place::ELSEWHERE;
use super::scenario::Play;
use super::values::Field;
use super::wire::Arrived;

/// A response, and how it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    pub(super) manner: Manner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Whole,
    Chunked,
    /// After a while.
    Late,
    Drip,
    /// The head, then nothing until the client goes away.
    Stall,
    /// Half of the body, then the end.
    Cut,
    /// Half of the head, then the end.
    CutHead,
    Close,
    Reset,
}

const LOG: &str = "FC Invoke Start RequestId: {id}\nhello from the fake function\n\
                   FC Invoke End RequestId: {id}\n\nDuration: 3.87 ms, Billed Duration: 4 ms, \
                   Memory Size: 128 MB, Max Memory Used: 20.26 MB";
const PAGE: &str =
    "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>Bad Gateway</body>\n</html>\n";

/// What a function answers; the request was accepted.
pub(super) fn play(play: Play, arrived: &Arrived, request_id: &str, bodies: Bodies) -> Response {
    let wants = |name: &str, value: &str| arrived.value(name) == Some(value);
    let is_async = wants(Field::TYPE, "Async");
    let body = || arrived.body.clone();
    let mut response = match play {
        Play::Refused(status, code, message) => {
            return problem(&Problem::new(status, code, message), request_id, bodies);
        }
        Play::HtmlError => {
            return Response::new(502, request_id)
                .header("Content-Type", "text/html")
                .body(PAGE);
        }
        Play::EmptyError => return Response::new(502, request_id),
        Play::Redirect => {
            return Response::new(302, request_id).header("Location", ELSEWHERE);
        }
        Play::Close | Play::Reset | Play::CutHead | Play::Cut | Play::Stall => {
            let mut response = Response::new(200, request_id).body("half of this does not come");
            response.manner = match play {
                Play::Close => Manner::Close,
                Play::Reset => Manner::Reset,
                Play::CutHead => Manner::CutHead,
                Play::Cut => Manner::Cut,
                _ => Manner::Stall,
            };
            return response;
        }
        _ if is_async => return accepted(arrived, request_id),
        Play::Async => return accepted(arrived, request_id),
        Play::Echo | Play::Empty | Play::Chunked | Play::LogTail | Play::Slow | Play::Drip => {
            Response::new(200, request_id).body(body())
        }
        Play::HandledError => function_error(
            request_id,
            "HandledInvocationError",
            r#"{"errorMessage":"the function says no","errorType":"Error","stackTrace":[]}"#,
        ),
        Play::UnhandledError => function_error(
            request_id,
            "UnhandledInvocationError",
            r#"{"errorMessage":"division by zero","errorType":"ZeroDivisionError","stackTrace":["File \"/code/index.py\", line 2, in handler"]}"#,
        ),
        Play::FunctionTimeout => function_error(
            request_id,
            "UnhandledInvocationError",
            r#"{"errorMessage":"Function timed out after 3 seconds (maxMemoryUsage: 20.26MB)"}"#,
        ),
    };
    match play {
        Play::Empty => response.body = Vec::new(),
        Play::Chunked => response.manner = Manner::Chunked,
        Play::Slow => response.manner = Manner::Late,
        Play::Drip => response.manner = Manner::Drip,
        _ => {}
    }
    if !response
        .headers
        .iter()
        .any(|(name, _)| *name == "Content-Type")
    {
        let kind = arrived.value("content-type").filter(|kind| kind.is_ascii());
        let kind = kind.unwrap_or("application/octet-stream").to_owned();
        response = response.header("Content-Type", kind);
    }
    if wants(Field::LOG, "Tail") {
        let log = LOG.replace("{id}", request_id);
        response = response.header("X-Fc-Log-Result", STANDARD.encode(log));
    }
    response.ran()
}

/// An error of the service.
pub(super) fn problem(problem: &Problem, request_id: &str, bodies: Bodies) -> Response {
    Response::new(problem.status, request_id)
        .header("Content-Type", "application/json")
        .body(problem.json(bodies, request_id))
}

fn accepted(arrived: &Arrived, request_id: &str) -> Response {
    let id = [Field::ID, Field::TASK].into_iter();
    let id = id
        .filter_map(|name| arrived.value(name))
        .find(|id| !id.is_empty());
    let response = Response::new(202, request_id);
    match id.filter(|id| super::values::is_name(id)) {
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
    pub(super) fn new(status: u16, request_id: &str) -> Self {
        Self {
            status,
            headers: vec![("X-Fc-Request-Id", request_id.to_owned())],
            body: Vec::new(),
            manner: Manner::Whole,
        }
    }

    fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// With the headers of a function that has run.
    fn ran(self) -> Self {
        self.header("X-Fc-Invocation-Duration", "4")
            .header("X-Fc-Max-Memory-Usage", "20.26")
            .header("X-Fc-Code-Checksum", "8543612379823572094")
            .header("X-Fc-Instance-Id", "c-00000000-dummy")
            .header("X-Fc-Invocation-Service-Version", "LATEST")
    }

    /// Status line and headers, with the framing of this manner.
    pub(super) fn head(&self, last: bool) -> String {
        let status = http::StatusCode::from_u16(self.status).ok();
        let reason = status.and_then(|status| status.canonical_reason());
        let mut head = format!(
            "HTTP/1.1 {} {}\r\n",
            self.status,
            reason.unwrap_or("Unknown")
        );
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        match self.manner {
            Manner::Chunked => head.push_str("Transfer-Encoding: chunked\r\n"),
            _ => {
                let _ = write!(head, "Content-Length: {}\r\n", self.body.len());
            }
        }
        if last {
            head.push_str("Connection: close\r\n");
        }
        head.push_str("\r\n");
        head
    }
}
