//! A function that is an HTTP server.

use std::fmt;
use std::time::Duration;

use fcgate_http::clock;

use crate::functions::call::Call;
use crate::functions::failures;
use crate::functions::function::Function;
use crate::functions::reply::Reply;

use super::answer;
use super::client::{Client, Failure};
use super::free_port::free_port;
use super::request;
use super::server_command::ServerCommand;
use super::server_url::ServerUrl;
use super::started_server::{Running, StartedServer};

/// How long a process that closed its connections or its port may take to exit.
const EXIT: Duration = Duration::from_secs(1);

/// A function whose calls are forwarded to an HTTP server.
#[derive(Debug)]
pub(crate) struct Forwarded {
    url: ServerUrl,
    client: Client,
    started: Option<StartedServer>,
}

impl Forwarded {
    /// A function whose server somebody else starts.
    pub(in crate::functions) fn new(url: ServerUrl) -> Self {
        Self {
            client: Client::new(&url),
            url,
            started: None,
        }
    }

    /// A function at this URL whose server the endpoint starts. Port 0 becomes a free port.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub(in crate::functions) fn started_by(
        url: &ServerUrl,
        command: ServerCommand,
    ) -> Result<Self, String> {
        let url = match url.port() {
            0 => {
                let port = free_port()
                    .map_err(|error| format!("expected a free port of 127.0.0.1: {error}"))?;
                url.with_port(port)
            }
            _ => url.clone(),
        };
        Ok(Self {
            started: Some(StartedServer::new(command, url.clone())),
            client: Client::new(&url),
            url,
        })
    }

    pub(in crate::functions) fn url(&self) -> &ServerUrl {
        &self.url
    }

    /// The command that starts the server.
    pub(in crate::functions) fn command(&self) -> Option<&ServerCommand> {
        self.started.as_ref().map(StartedServer::command)
    }

    /// Sends the call to a process that the endpoint started.
    fn call_started(&self, server: &StartedServer, call: &Call) -> Reply {
        let begun = clock::now();
        let mut remarks = Vec::new();
        // A process that has just died refuses the connection before its exit is known: the request was not sent.
        for _ in 0..2 {
            let Running { process, restarted } = match server.running() {
                Ok(running) => running,
                Err(problem) => {
                    let reason = problem.lines().next().unwrap_or_default();
                    let reply = failures::not_started(call.kind, begun.elapsed(), reason);
                    return reply.remark(problem);
                }
            };
            remarks.extend(restarted);
            let position = process.output_position();
            // The time limit is that of the function, without the start of its server.
            let sent = clock::now();
            let mut reply = match self.send(call) {
                Ok(reply) => reply,
                Err(failure @ (Failure::NoServer(_) | Failure::Closed(_))) => {
                    let is_unsent = matches!(failure, Failure::NoServer(_));
                    let exited = process.wait_for_exit(EXIT);
                    if exited.is_some() && is_unsent {
                        continue;
                    }
                    let reply = answer::of_failure(failure, call, &self.url, sent.elapsed());
                    remarks.extend(exited.map(|status| {
                        format!(
                            "the process of the function {status}; the next call starts it again"
                        )
                    }));
                    reply
                }
                Err(failure) => answer::of_failure(failure, call, &self.url, sent.elapsed()),
            };
            reply = reply.log(process.output_since(position));
            remarks.append(&mut reply.remarks);
            reply.remarks = remarks;
            return reply;
        }
        let reason = "the process exits again and again";
        failures::not_started(call.kind, begun.elapsed(), reason).remark(reason)
    }

    fn send(&self, call: &Call) -> Result<Reply, Failure> {
        let request = request::of_call(call, &self.url);
        let request = match request {
            Ok(request) => request,
            Err(problem) => {
                let message = format!("the request cannot be forwarded: {problem}");
                return Ok(Reply::service_error(400, "InvalidArgument", message));
            }
        };
        let response = self.client.send(request, call.time_limit)?;
        Ok(answer::of_response(response, call.kind))
    }
}

impl fmt::Display for Forwarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.url)?;
        match self.command() {
            Some(command) => write!(f, ", started by: {}", command.program.command()),
            None => Ok(()),
        }
    }
}

impl Function for Forwarded {
    fn call(&self, call: &Call) -> Reply {
        if let Some(server) = &self.started {
            return self.call_started(server, call);
        }
        let begun = clock::now();
        self.send(call)
            .unwrap_or_else(|failure| answer::of_failure(failure, call, &self.url, begun.elapsed()))
    }

    fn begin(&self) -> Result<(), String> {
        match &self.started {
            Some(server) => server.running().map(drop),
            None if self.url.port() == 0 => Err(format!(
                "expected the port of the HTTP server in {}; port 0, a free one, needs a command that starts the server (--start)",
                self.url
            )),
            None => Ok(()),
        }
    }

    fn end(&self) {
        if let Some(server) = &self.started {
            server.end();
        }
        self.client.end();
    }
}
