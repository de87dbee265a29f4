//! The transport over an agent of the caller.

use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport, Limits, TransportError, check_framing,
};
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::uri::Scheme;
use http::{HeaderValue, Method, Request, Response, StatusCode, Version};
use ureq::config::{AutoHeaderValue, ConfigBuilder};
use ureq::typestate::AgentScope;
use ureq::{Agent, Body, SendBody};

use crate::body::{ResponseBody, whole};
use crate::error;
use crate::payload::Payload;

/// Longer than any service in reach takes to accept, shorter than a caller wants to wait for one that is not.
const CONNECT: Duration = Duration::from_secs(5);
/// The service gives up a connection after 90 s without a request, by a comment of its Go client.
const POOL_IDLE: Duration = Duration::from_secs(50);

/// What an agent should begin with: any status is a response, no redirects, no proxy from the environment, no
/// headers of its own, and a connect limit of 5 s. TLS, a proxy or another limit are added by the caller.
pub fn config() -> ConfigBuilder<AgentScope> {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(AutoHeaderValue::None)
        .accept(AutoHeaderValue::None)
        .accept_encoding(AutoHeaderValue::None)
        .max_idle_age(POOL_IDLE)
        .timeout_connect(Some(CONNECT))
}

/// A [`BlockingTransport`] over a [`ureq::Agent`].
///
/// Cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct UreqTransport {
    agent: Agent,
    limits: Limits,
}

impl UreqTransport {
    /// Over this agent, with the default [`Limits`]. Whatever the agent is set to, no redirect is followed, any
    /// status is a response and no `Accept` is added.
    pub fn new(agent: Agent) -> Self {
        Self {
            agent,
            limits: Limits::default(),
        }
    }

    /// With these limits. Those of the agent hold where there is none here.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    fn head<R: Read>(
        &self,
        request: Request<R>,
        length: u64,
    ) -> Result<Response<Body>, TransportError> {
        let scheme = request.uri().scheme();
        if scheme != Some(&Scheme::HTTP) && scheme != Some(&Scheme::HTTPS) {
            return Err(error::request("the URI is not an absolute one of HTTP"));
        }
        let (mut parts, reader) = request.into_parts();
        let has_body = parts.method != Method::HEAD;
        parts
            .headers
            .insert(CONTENT_LENGTH, HeaderValue::from(length));
        let mut payload = Payload::new(reader, length);
        let request = Request::from_parts(parts, SendBody::from_reader(&mut payload));
        let sent = self.agent.run(self.force(request));
        let response = sent.map_err(|error| error::of_request(error, payload.begun()))?;
        check_framing(response.headers())?;
        if has_body && !says_its_length(&response) {
            return Err(error::endless());
        }
        Ok(response)
    }

    /// What must hold whatever the agent is set to. The `User-Agent` is not among it: ureq uses no kept
    /// connection for a request whose value differs from the agent's.
    fn force<'a>(&self, request: Request<SendBody<'a>>) -> Request<SendBody<'a>> {
        let mut config = self
            .agent
            .configure_request(request)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .save_redirect_history(false)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None);
        if self.limits.total.is_some() {
            config = config.timeout_global(self.limits.total);
        }
        if self.limits.idle.is_some() {
            config = config.timeout_recv_body(self.limits.idle);
        }
        config.build()
    }
}

/// Whether the end of the body can be told from a lost connection. To ureq a reset is an end, where nothing
/// else says that there is more.
fn says_its_length(response: &Response<Body>) -> bool {
    let (status, headers) = (response.status(), response.headers());
    status.is_informational()
        || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
        || headers.contains_key(CONTENT_LENGTH)
        || (headers.contains_key(TRANSFER_ENCODING) && response.version() != Version::HTTP_10)
}

impl BlockingTransport for UreqTransport {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (parts, payload) = request.into_parts();
        let request = Request::from_parts(parts, &*payload);
        let response = self.head(request, payload.len() as u64)?;
        let (parts, body) = response.into_parts();
        Ok(Response::from_parts(parts, whole(body, self.limits.body)?))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where a blocking client waits between two attempts"
    )]
    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

impl BlockingStreamingTransport for UreqTransport {
    type ResponseBody = ResponseBody;

    fn stream<R: Read + Send + 'static>(
        &self,
        request: Request<R>,
        length: u64,
    ) -> Result<Response<ResponseBody>, TransportError> {
        Ok(self.head(request, length)?.map(ResponseBody::new))
    }
}
