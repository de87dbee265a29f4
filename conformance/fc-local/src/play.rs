//! Plays the answer to a request that the server accepts.

use std::sync::Arc;

use fcgate_http::clock;
use jiff::Timestamp;

use super::accepted_call::AcceptedCall;
use super::affinity::{Affinity, SessionRule};
use super::answer::{self, Response};
use super::background::BackgroundCalls;
use super::callee::Callee;
use super::functions::OwnFunction;
use super::header_values::{self, Field};
use super::received_request::ReceivedRequest;
use super::resource_names::ResourceNames;
use super::route::Route;
use super::scenario::Scenario;
use super::service_error::{Bodies, ServiceError};
use super::stop_signal::StopSignal;
use super::tasks::{AcceptedInvocation, TaskRun, TaskScript, Tasks};

const ASYNC_SESSION: &str = "the session id of an asynchronous invocation is ignored: the manual only says that these have no sessions";
const MADE_ID: &str = "an invocation returns a made session id as an HTTP trigger does";

/// What the server needs to answer an accepted request.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswerPlayer<'a> {
    pub(super) received: &'a ReceivedRequest,
    pub(super) route: &'a Route,
    pub(super) request_id: &'a str,
    pub(super) bodies: Bodies,
    pub(super) tasks: &'a Tasks,
    pub(super) background: &'a BackgroundCalls,
    pub(super) affinity: &'a Affinity,
    pub(super) now: Timestamp,
}

/// The answer to a request, and what the log says about it.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) response: Response,
    /// Lines of the log.
    pub(super) remarks: Vec<String>,
    /// The error, if the request was refused.
    pub(super) refused: Option<ServiceError>,
    /// Whether the caller cannot know if its function ran. Built-in functions say it themselves.
    pub(super) is_uncertain: bool,
    /// The error code that an own function gave.
    pub(super) code: Option<String>,
}

/// The answer of a function or of an operation, and lines of the log.
struct Played {
    response: Response,
    remarks: Vec<String>,
    is_uncertain: bool,
    code: Option<String>,
}

impl Played {
    fn new(response: Response, remarks: Vec<String>) -> Self {
        Self {
            response,
            remarks,
            is_uncertain: false,
            code: None,
        }
    }
}

/// The line of the log about something that no source says.
fn assumed(text: &str) -> String {
    format!("assumed: {text}")
}

impl AnswerPlayer<'_> {
    /// The answer to the request. `refusal` is the reason why the server refuses it.
    pub(super) fn answer(&self, callee: &Callee, refusal: Option<ServiceError>) -> Answer {
        match refusal.map_or_else(|| self.play(callee), Err) {
            Ok(played) => Answer {
                response: played.response,
                remarks: played.remarks,
                refused: None,
                is_uncertain: played.is_uncertain,
                code: played.code,
            },
            Err(error) => Answer {
                response: answer::refusal(&error, self.request_id, self.bodies),
                remarks: error.assumed.iter().map(|text| assumed(text)).collect(),
                refused: Some(error),
                is_uncertain: false,
                code: None,
            },
        }
    }

    fn play(&self, callee: &Callee) -> Result<Played, ServiceError> {
        match (self.route, callee) {
            (Route::Task(names, operation), _) => {
                let (_, query) = self.received.target.split_once('?').unwrap_or_default();
                let answer = self.tasks.answer(operation, names, query, self.now)?;
                let mut remarks = Vec::new();
                remarks.extend(answer.task.map(|task| format!("task: {task}")));
                remarks.extend(answer.assumed.map(assumed));
                let response = Response::of_json(&answer.json, self.request_id);
                Ok(Played::new(response, remarks))
            }
            (route, Callee::BuiltIn(scenario)) => self.invoke(route.named(), scenario),
            (route, Callee::Own(function)) => match function.built_in() {
                Some(scenario) => self.invoke(route.named(), scenario),
                None => self.call(route.named(), function),
            },
            (_, Callee::Unknown) => Err(ServiceError::new(
                404,
                ServiceError::NO_FUNCTION,
                "no such function",
            )),
        }
    }

    fn invoke(
        &self,
        names: Option<&ResourceNames>,
        scenario: &Scenario,
    ) -> Result<Played, ServiceError> {
        let (received, request_id) = (self.received, self.request_id);
        let mut response = answer::of_function(scenario.answer, received, request_id, self.bodies);
        let mut remarks = Vec::new();
        let is_accepted = response.status() == 202;
        let is_trigger = matches!(self.route, Route::TriggerHost(..));
        if let Some(rule) = scenario.session() {
            if is_accepted {
                let sent = self.affinity.sent(rule, received);
                remarks.extend(sent.map(|_| assumed(ASYNC_SESSION)));
            } else if rule == SessionRule::Mcp && !is_trigger {
                let message = "a function with MCP affinity is reached by an HTTP trigger only";
                let error = ServiceError::new(400, "InvalidArgument", message);
                return Err(error.assumed("no source has the answer to an invocation of it"));
            } else if let Some(names) = names {
                let answer = self
                    .affinity
                    .answer(rule, received, names, request_id, self.now)?;
                response = response.body(answer.json.to_string());
                remarks.push(format!("session {}", answer.session));
                if let Some((name, id)) = answer.header {
                    response = response.header(name, id);
                    remarks.extend((!is_trigger).then(|| assumed(MADE_ID)));
                }
            }
        }
        if let Some(names) = names.filter(|_| is_accepted) {
            let task = self.add_task(names, scenario.task(), None)?;
            remarks.push(format!("task: {task}"));
        }
        Ok(Played::new(self.as_trigger(response), remarks))
    }

    /// The response with what the built-in domain of an HTTP trigger adds.
    fn as_trigger(&self, response: Response) -> Response {
        match self.route {
            Route::TriggerHost(..) => response.of_trigger(self.received.value("origin")),
            _ => response,
        }
    }

    /// Calls a function of the user's own.
    fn call(
        &self,
        names: Option<&ResourceNames>,
        function: &Arc<OwnFunction>,
    ) -> Result<Played, ServiceError> {
        let Some(names) = names else {
            return Err(ServiceError::new(
                404,
                ServiceError::NO_FUNCTION,
                "no such function",
            ));
        };
        let accepted = AcceptedCall {
            received: self.received,
            names,
            request_id: self.request_id,
            bodies: self.bodies,
        };
        let call = accepted.call(self.route, &function.settings);
        if self.received.value(Field::TYPE) == Some("Async") {
            let place = self.background.reserve()?;
            let run = self.run_of(names, &call.stop);
            let task = self.add_task(names, TaskScript::Succeeds, Some(&call.stop))?;
            self.background.start(place, function, call, run)?;
            let response = answer::accepted(self.received, self.request_id);
            let response = self.as_trigger(response);
            return Ok(Played::new(response, vec![format!("task: {task}")]));
        }
        let started = clock::now();
        let reply = function.call(&call);
        let replied = accepted.answer(reply, &call, started.elapsed());
        Ok(Played {
            response: replied.response,
            remarks: replied.remarks,
            is_uncertain: replied.is_uncertain,
            code: replied.code,
        })
    }

    /// The id of the task that the caller gave; without it, the request id.
    fn task_id(&self, names: &ResourceNames) -> Option<&str> {
        let header = match names.revision {
            "2023-03-30" => Field::TASK,
            _ => Field::ID,
        };
        let id = self.received.value(header);
        id.filter(|id| header_values::is_name(id))
    }

    fn run_of(&self, names: &ResourceNames, stop: &StopSignal) -> TaskRun {
        TaskRun {
            names: names.clone(),
            id: self.task_id(names).unwrap_or(self.request_id).to_owned(),
            stop: stop.clone(),
        }
    }

    fn add_task(
        &self,
        names: &ResourceNames,
        script: TaskScript,
        run: Option<&StopSignal>,
    ) -> Result<String, ServiceError> {
        let is_tracked =
            names.revision == "2023-03-30" || self.received.value(Field::ENABLE) != Some("false");
        let accepted = AcceptedInvocation {
            names,
            id: self.task_id(names),
            request_id: self.request_id,
            payload: &self.received.body,
            script: if is_tracked {
                script
            } else {
                TaskScript::Untracked
            },
            run,
        };
        self.tasks.add(&accepted, self.now)
    }
}
