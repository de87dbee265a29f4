//! The HTTP client for the servers of functions.
//!
//! It keeps connections, follows no redirect, uses no proxy and adds no headers. ureq was chosen because it is blocking like
//! the threads of this server, and the workspace uses and tests it already.

use std::io::{self, Read as _};
use std::time::Duration;

use http::{Request, Response, Uri};
use ureq::Agent;
use ureq::config::{AutoHeaderValue, Config};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::functions::reply::LONGEST_RESULT;

use super::server_url::ServerUrl;

/// How long an idle connection is kept. Servers close such a connection after 2 s and more; a request on a connection
/// that is just being closed would look like a function that died.
const POOL_IDLE: Duration = Duration::from_secs(1);
/// The most idle connections: as many as the server has for its callers.
const POOL_SIZE: usize = 256;
/// The connect timeout.
const CONNECT: Duration = Duration::from_secs(5);
/// The most addresses of a server that are tried.
const ADDRESSES: usize = 8;
/// The most memory that is reserved for a declared length before the body arrives.
const RESERVE: u64 = 1 << 20;

/// A client of one server.
#[derive(Debug)]
pub(super) struct Client(Agent);

/// Resolves the host of the server.
///
/// With a time limit, the resolver of ureq starts a thread for each request, also for an IP address and with a kept
/// connection. On a busy machine that takes longer than the whole request.
#[derive(Debug)]
struct Addresses(ServerUrl);

impl Resolver for Addresses {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut found = self.empty();
        for address in self.0.addresses()?.into_iter().take(ADDRESSES) {
            found.push(address);
        }
        if found.is_empty() {
            return Err(ureq::Error::HostNotFound);
        }
        Ok(found)
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// No connection: the server did not receive the request.
    NoServer(String),
    /// The server closed the connection before the end of its answer.
    Closed(String),
    /// The answer is not HTTP.
    NotHttp(String),
    TimeLimit,
    TooLarge,
}

impl Client {
    pub(super) fn new(server: &ServerUrl) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .allow_non_standard_methods(true)
            .max_idle_age(POOL_IDLE)
            .max_idle_connections(POOL_SIZE)
            .max_idle_connections_per_host(POOL_SIZE)
            .timeout_connect(Some(CONNECT));
        let resolver = Addresses(server.clone());
        Self(Agent::with_parts(
            config.build(),
            DefaultConnector::new(),
            resolver,
        ))
    }

    /// Sends a request and reads the whole answer, for at most this time.
    pub(super) fn send(
        &self,
        request: Request<&[u8]>,
        limit: Duration,
    ) -> Result<Response<Vec<u8>>, Failure> {
        // These methods send Content-Length: 0 too. Without it ureq would send a chunked body.
        let with_length = [http::Method::POST, http::Method::PUT, http::Method::PATCH];
        let has_body = !request.body().is_empty() || with_length.contains(request.method());
        let response = if has_body {
            let request = self.0.configure_request(request);
            let request = request.timeout_global(Some(limit)).build();
            self.0.run(request)
        } else {
            let request = self.0.configure_request(request.map(|_| ()));
            self.0.run(request.timeout_global(Some(limit)).build())
        };
        let (parts, body) = response.map_err(|error| of_error(&error))?.into_parts();
        let longest = u64::try_from(LONGEST_RESULT).unwrap_or(u64::MAX);
        let declared = body.content_length().unwrap_or_default();
        if declared > longest {
            return Err(Failure::TooLarge);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(declared.min(RESERVE)).unwrap_or(0));
        let mut reader = body.into_reader().take(longest.saturating_add(1));
        reader
            .read_to_end(&mut bytes)
            .map_err(|error| of_body_error(&error))?;
        if bytes.len() > LONGEST_RESULT {
            return Err(Failure::TooLarge);
        }
        Ok(Response::from_parts(parts, bytes))
    }

    /// Ends the calls that wait for an answer. Later calls fail.
    pub(super) fn end(&self) {
        self.0.clone().shutdown();
    }
}

/// The failure before the head of the answer.
fn of_error(error: &ureq::Error) -> Failure {
    use io::ErrorKind::{
        AddrNotAvailable, ConnectionRefused, HostUnreachable, InvalidData, NetworkUnreachable,
    };
    let text = error.to_string();
    match error {
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            Failure::NoServer(text)
        }
        ureq::Error::Timeout(_) => Failure::TimeLimit,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => Failure::NoServer(text),
        ureq::Error::Io(error) => match error.kind() {
            ConnectionRefused | AddrNotAvailable | HostUnreachable | NetworkUnreachable => {
                Failure::NoServer(text)
            }
            InvalidData => Failure::NotHttp(text),
            // The resolver of the standard library has no error kind for an unknown name.
            _ if text.contains("failed to lookup address") => Failure::NoServer(text),
            // The server may have received the request.
            _ => Failure::Closed(text),
        },
        ureq::Error::BodyExceedsLimit(_) => Failure::TooLarge,
        _ => Failure::NotHttp(text),
    }
}

/// The failure after the head of the answer.
fn of_body_error(error: &io::Error) -> Failure {
    let inner = error.get_ref();
    let inner = inner.and_then(|inner| inner.downcast_ref::<ureq::Error>());
    match inner {
        Some(error) => match of_error(error) {
            // The server has received the request.
            Failure::NoServer(text) => Failure::Closed(text),
            failure => failure,
        },
        None if error.kind() == io::ErrorKind::InvalidData => Failure::NotHttp(error.to_string()),
        None => Failure::Closed(error.to_string()),
    }
}
