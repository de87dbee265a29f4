//! The transport over a `ureq` agent of the caller.

use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport, ExchangeLimits, TransportError, check_framing,
};
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::uri::Scheme;
use http::{HeaderValue, Method, Request, Response, StatusCode, Version};
use ureq::config::{AutoHeaderValue, ConfigBuilder};
use ureq::typestate::AgentScope;
use ureq::{Agent, Body, SendBody};

use crate::body::{ResponseBody, read_complete};
use crate::error;
use crate::payload::Payload;
use crate::time_limits::TimeLimits;

/// The connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept. The service closes it after 90 s, according to a comment in its Go client.
const POOL_IDLE: Duration = Duration::from_secs(50);

/// Makes an agent configuration with the recommended settings: any status is a response, no redirects, no proxy from
/// the environment, no added headers, and a connect timeout of 5 s. The caller adds TLS, a proxy or other limits.
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
        .timeout_connect(Some(CONNECT_TIMEOUT))
}

/// A [`BlockingTransport`] over a [`ureq::Agent`].
///
/// It is cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct UreqTransport {
    agent: Agent,
    limits: ExchangeLimits,
}

impl UreqTransport {
    /// Makes a transport over this agent, with the default [`ExchangeLimits`].
    ///
    /// With any settings of the agent, the transport follows no redirect, returns any status as a response and adds
    /// no `Accept`.
    pub fn new(agent: Agent) -> Self {
        Self {
            agent,
            limits: ExchangeLimits::default(),
        }
    }

    /// Sets the limits of each exchange. A limit that is not set here is the one of the agent.
    #[must_use]
    pub fn limits(self, limits: ExchangeLimits) -> Self {
        Self { limits, ..self }
    }

    fn head<R: Read>(
        &self,
        request: Request<R>,
        length: u64,
    ) -> Result<(Response<Body>, TimeLimits), TransportError> {
        let scheme = request.uri().scheme();
        if scheme != Some(&Scheme::HTTP) && scheme != Some(&Scheme::HTTPS) {
            return Err(error::request("expected an absolute http or https URI"));
        }
        let (mut parts, reader) = request.into_parts();
        let has_body = parts.method != Method::HEAD;
        let limits = TimeLimits::new(&parts.extensions, &self.limits);
        parts
            .headers
            .insert(CONTENT_LENGTH, HeaderValue::from(length));
        let mut payload = Payload::new(reader, length);
        let request = Request::from_parts(parts, SendBody::from_reader(&mut payload));
        let sent = self.agent.run(self.override_settings(request, limits));
        let sent = sent.map_err(|error| error::from_request_error(error, payload.begun(), limits));
        let response = sent?;
        check_framing(response.headers())?;
        if has_body && !has_known_length(&response) {
            return Err(error::unknown_length());
        }
        Ok((response, limits))
    }

    /// Overrides the settings of the agent that would break the contract.
    ///
    /// It does not override the `User-Agent`: ureq would then never use a kept connection.
    fn override_settings<'a>(
        &self,
        request: Request<SendBody<'a>>,
        limits: TimeLimits,
    ) -> Request<SendBody<'a>> {
        let mut config = self
            .agent
            .configure_request(request)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .save_redirect_history(false)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None);
        if limits.total.is_some() {
            config = config.timeout_global(limits.total);
        }
        if limits.idle.is_some() {
            config = config.timeout_recv_body(limits.idle);
        }
        config.build()
    }
}

/// Whether the end of the body can be distinguished from a lost connection.
///
/// Without a length, ureq takes a reset connection for the end of the body.
fn has_known_length(response: &Response<Body>) -> bool {
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
        let (response, limits) = self.head(request, payload.len() as u64)?;
        let (parts, body) = response.into_parts();
        let body = read_complete(body, self.limits.body, limits)?;
        Ok(Response::from_parts(parts, body))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the only place where a blocking client waits between two attempts"
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
        let (response, limits) = self.head(request, length)?;
        let limit = self.limits.streamed_body;
        if response.body().content_length() > Some(limit) {
            return Err(error::too_large());
        }
        Ok(response.map(|body| ResponseBody::new(body, limit, limits)))
    }
}
