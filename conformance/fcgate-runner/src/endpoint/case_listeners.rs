//! The listeners of one case: a raw origin, a port that refuses connections, and the target of a redirect.

use std::io;
use std::time::Duration;

use fcgate_cases::corpus::{Act, Answer};
use fcgate_cases::judge::Arrival;
use fcgate_http::answer::{Response, Step};
use fcgate_http::origin::{Connection, DeadPort, Origin, Script};

use super::answers;
use super::nonces::Nonces;
use super::received;

/// The time that the bytes of a request may take from the kernel to the record of the origin.
const DELAY: Duration = Duration::from_millis(500);

/// The listeners of one case, besides the common server.
#[derive(Debug)]
pub(super) struct CaseListeners {
    server: CaseServer,
    redirect_target: Option<Origin>,
}

#[derive(Debug)]
enum CaseServer {
    /// The common server sends the answers.
    Common,
    Raw(Origin),
    Refusing(DeadPort),
}

impl CaseListeners {
    /// Starts the listeners that the answers need. Returns them with the responses for the common server.
    pub(super) fn start(answers: &[Answer]) -> io::Result<(Self, Vec<Response>)> {
        let (redirect_target, url) = start_redirect_target(answers)?;
        let responses = answers.iter().map(|answer| match answer {
            Answer::Canned(canned) => Some(answers::response(canned, &url)),
            Answer::Script(_) => None,
        });
        let (server, responses) = match responses.collect::<Option<Vec<_>>>() {
            Some(responses) => (CaseServer::Common, responses),
            None => (start_raw_origin(answers, &url)?, Vec::new()),
        };
        let listeners = Self {
            server,
            redirect_target,
        };
        Ok((listeners, responses))
    }

    /// Starts the listeners of a case whose requests do not name it: the common server cannot answer them.
    pub(super) fn start_own(answers: &[Answer]) -> io::Result<Self> {
        let (redirect_target, url) = start_redirect_target(answers)?;
        Ok(Self {
            server: start_raw_origin(answers, &url)?,
            redirect_target,
        })
    }

    /// The URI to which the client sends its requests, if it is not that of the common server.
    pub(super) fn uri(&self) -> Option<String> {
        match &self.server {
            CaseServer::Common => None,
            CaseServer::Raw(origin) => Some(origin.url("")),
            CaseServer::Refusing(port) => Some(port.url("")),
        }
    }

    /// The requests that arrived here. If the client `gave_up` without a response, this waits for bytes that
    /// the origin has not read yet.
    pub(super) fn arrivals(&self, nonces: &Nonces, gave_up: bool) -> Vec<Arrival> {
        let mut arrivals = Vec::new();
        if let CaseServer::Raw(origin) = &self.server {
            if gave_up {
                origin.wait_until(DELAY, |connections| {
                    let is_settled = |one: &Connection| one.invocations() > 0 || one.has_ended();
                    !connections.is_empty() && connections.iter().all(is_settled)
                });
            }
            for connection in origin.connections() {
                let arrived = |request| received::arrival(request, b"", nonces);
                arrivals.extend(connection.requests().map(arrived));
            }
        }
        if let Some(origin) = &self.redirect_target {
            for connection in origin.connections() {
                let redirected = |request| received::redirected(request, nonces);
                arrivals.extend(connection.requests().map(redirected));
            }
        }
        arrivals
    }

    /// Why a listener lost a connection, if it did.
    pub(super) fn failure(&self) -> Option<io::Error> {
        let raw = match &self.server {
            CaseServer::Raw(origin) => origin.failure(),
            CaseServer::Common | CaseServer::Refusing(_) => None,
        };
        raw.or_else(|| self.redirect_target.as_ref().and_then(Origin::failure))
    }

    /// The number of requests that have arrived here.
    pub(super) fn requests(&self) -> usize {
        let requests = match &self.server {
            CaseServer::Raw(origin) => origin.invocations(),
            CaseServer::Common | CaseServer::Refusing(_) => 0,
        };
        requests + self.redirect_target.as_ref().map_or(0, Origin::invocations)
    }
}

/// The response of the redirect's target: a client that follows the redirect sees an ordinary one.
fn redirect_target_response() -> Response {
    let mut response = Response::new(200);
    response.headers.push("X-Fc-Request-Id", "elsewhere");
    response.body = b"elsewhere".to_vec();
    response
}

/// Starts the target of a redirect if an answer names it. Returns it with its URL.
fn start_redirect_target(answers: &[Answer]) -> io::Result<(Option<Origin>, String)> {
    if !answers.iter().any(Answer::names_elsewhere) {
        return Ok((None, String::new()));
    }
    let response = redirect_target_response().to_bytes(true);
    let origin = Origin::start(Script::on_request([Step::send(response)]))?;
    let url = origin.url("");
    Ok((Some(origin), url))
}

fn start_raw_origin(answers: &[Answer], elsewhere: &str) -> io::Result<CaseServer> {
    let refuses =
        |answer: &Answer| matches!(answer, Answer::Script(acts) if acts.contains(&Act::Refuse));
    if answers.iter().any(refuses) {
        return DeadPort::refusing().map(CaseServer::Refusing);
    }
    let mut lists = answers
        .iter()
        .map(|answer| answers::steps(answer, elsewhere));
    let first = Script::on_request(lists.next().unwrap_or_default());
    Origin::start(lists.fold(first, Script::then)).map(CaseServer::Raw)
}
