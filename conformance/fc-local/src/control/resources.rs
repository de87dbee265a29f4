//! The paths of the control interface, and what they answer.

use std::time::Duration;

use fcgate_http::request::Request;
use serde_json::{Value, json};

use crate::calls::{CallLog, MOST};
use crate::document_version::VERSION;
use crate::functions::{FunctionName, NextAnswer};
use crate::server_state::ServerState;
use crate::url_encoding::decoded;

use super::control_error::ControlError;
use super::parameters::{Parameters, function_name};
use super::{call_document, function_document};

const PATHS: &str = "one of GET /, GET /calls, DELETE /calls, POST /reset, GET /wait, PUT /functions/NAME, PUT /functions/NAME/answers";

/// How many calls a page has without `limit`.
const PAGE: usize = 1_000;
/// How long a wait lasts without `timeout_ms`, and at most.
const WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT_MS: u64 = 600_000;

/// What the requests are answered with.
#[derive(Clone, Copy)]
pub(super) struct Resources<'a> {
    pub(super) server: &'a ServerState,
    pub(super) calls: &'a CallLog,
    /// The ready document.
    pub(super) ready: &'a Value,
}

impl Resources<'_> {
    /// The answer to a request.
    pub(super) fn answer(self, request: &Request) -> Result<Value, ControlError> {
        let (path, query) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        let method = request.method.as_str();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let allowed = match segments.as_slice() {
            ["" | "wait"] => "GET",
            ["calls"] => "GET, DELETE",
            ["reset"] => "POST",
            ["functions", _] | ["functions", _, "answers"] => "PUT",
            _ => {
                return Err(ControlError::new(404, "UnknownPath", PATHS)
                    .found(&format!("{method} {path}"))
                    .next("correct the path"));
            }
        };
        if !allowed.split(", ").any(|one| one == method) {
            return Err(
                ControlError::new(405, "WrongMethod", format!("the method {allowed}"))
                    .found(method)
                    .next("correct the method"),
            );
        }
        match (method, segments.as_slice()) {
            ("GET", ["calls"]) => self.list(query),
            ("GET", ["wait"]) => self.wait(query),
            (_, ["calls"]) => {
                Parameters::read(query, &[])?;
                self.calls.clear();
                Ok(done())
            }
            (_, ["reset"]) => {
                Parameters::read(query, &[])?;
                self.reset();
                Ok(done())
            }
            (_, ["functions", name]) => {
                Parameters::read(query, &[])?;
                let name = function_name(&decoded(name))?;
                let table = &self.server.context.functions;
                let (behaviour, settings) = function_document::read(text(request)?, table)?;
                table.put(name, behaviour, settings);
                Ok(done())
            }
            (_, ["functions", name, _]) => {
                Parameters::read(query, &[])?;
                self.set_answers(&function_name(&decoded(name))?, text(request)?)
            }
            _ => {
                Parameters::read(query, &[])?;
                Ok(self.ready.clone())
            }
        }
    }

    fn list(self, query: &str) -> Result<Value, ControlError> {
        let parameters = Parameters::read(query, &["function", "since", "limit"])?;
        let function = parameters.function()?;
        let since = parameters.number("since", 0, u64::MAX)?;
        let limit = parameters.number("limit", 1, MOST)?;
        let page = self.calls.page(
            function.as_ref(),
            since.unwrap_or_default(),
            limit.unwrap_or(PAGE),
        );
        let calls = page.calls.iter().map(|call| call_document::of(call));
        Ok(json!({
            "version": VERSION,
            "calls": calls.collect::<Vec<_>>(),
            "last": page.last,
            "forgotten": page.forgotten,
            "has_more": page.has_more,
        }))
    }

    fn wait(self, query: &str) -> Result<Value, ControlError> {
        let parameters = Parameters::read(query, &["calls", "function", "timeout_ms"])?;
        let function = parameters.function()?;
        let count = parameters.number("calls", 1, usize::MAX)?.unwrap_or(1);
        let longest = parameters.number("timeout_ms", 0, LONGEST_WAIT_MS)?;
        let longest = longest.map_or(WAIT, Duration::from_millis);
        let received = self.calls.wait(function.as_ref(), count, longest);
        let received = received.map_err(|received| {
            let of = function.map_or_else(String::new, |function| format!(" of {function}"));
            let time = longest.as_millis();
            ControlError::new(
                504,
                "TimedOut",
                format!("{count} calls{of} within {time} ms"),
            )
            .found(&format!("{received} calls"))
            .next("read the calls with GET /calls, or wait longer")
        })?;
        Ok(json!({"version": VERSION, "calls": received}))
    }

    fn set_answers(self, name: &FunctionName, text: &str) -> Result<Value, ControlError> {
        let answers = NextAnswer::read_list(text).map_err(|error| {
            ControlError::document(
                "a list of answers like those of a script",
                &format!("line {error}"),
            )
        })?;
        self.server.context.functions.answer_next(name, answers);
        Ok(done())
    }

    fn reset(self) {
        self.server.reset();
    }
}

fn done() -> Value {
    json!({"version": VERSION, "done": true})
}

/// The body as text.
fn text(request: &Request) -> Result<&str, ControlError> {
    std::str::from_utf8(&request.body)
        .map_err(|error| ControlError::document("UTF-8 text", &error.to_string()))
}
