//! One invocation by the client.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use fc_invoke::{Client, Endpoint, InvokeError, InvokeErrorKind, InvokeOptions, RetryPolicy};
use fc_response::Outcome;
use fc_transport::{ExchangeLimits, TransportError, TransportErrorKind};
use fc_transport_hyper::HyperTransport;
use fcgate_protocol::{Credentials, Invocation, Retry, Scheme};
use http::Uri;
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;

use super::connector::Connector;
use super::environment::Fixed;
use super::input;

/// The input of one invocation.
pub(super) struct Exchange<'a> {
    pub(super) revision: &'a str,
    pub(super) scheme: Scheme,
    pub(super) endpoint: &'a str,
    pub(super) credentials: &'a Credentials,
    pub(super) input: &'a Invocation,
    /// The clock and the source of randomness; the defaults if `None`.
    pub(super) environment: Option<Fixed>,
    /// Without a policy there is one attempt, so that exactly one response is judged.
    pub(super) retry: Option<Retry>,
    pub(super) timeout_ms: Option<u64>,
}

/// The result of an exchange.
pub(super) struct Finished {
    /// The URL for which the client requested a connection, if it did.
    pub(super) requested: Option<Uri>,
    pub(super) result: Result<Outcome, InvokeError>,
}

impl Exchange<'_> {
    /// Invokes over a connection to this address, independent of the name of the endpoint.
    ///
    /// An error is a refusal of the client: no request was sent.
    pub(super) fn at(&self, address: SocketAddr) -> Result<Finished, String> {
        let connector = Connector::to(address);
        let client = self.client(connector.clone())?;
        let input = parsed(input::of(self.revision, self.input))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let limit = self.limit();
        let call = client.invoke_with(&input, self.options());
        // The limits of a transport are for one attempt, that of a case is for the whole call.
        let result = runtime.block_on(async { tokio::time::timeout(limit, call).await });
        let result = result.unwrap_or_else(|_| {
            let kind = TransportErrorKind::Timeout;
            Err(TransportError::new(kind, "the time limit of the call has passed").into())
        });
        match result.as_ref().map_err(InvokeError::kind) {
            Err(InvokeErrorKind::Input(error)) => Err(error.to_string()),
            Err(InvokeErrorKind::Sign(error)) => Err(error.to_string()),
            _ => Ok(Finished {
                requested: connector.requested(),
                result,
            }),
        }
    }

    fn client(&self, connector: Connector) -> Result<Client<HyperTransport<Connector>>, String> {
        let endpoint: Endpoint = parsed(self.endpoint.parse())?;
        let credentials = parsed(input::credentials(self.credentials))?;
        let scheme = match self.scheme {
            Scheme::Acs3 => fc_invoke::Scheme::Acs3,
            Scheme::Fc => fc_invoke::Scheme::Fc,
        };
        let client = legacy::Client::builder(TokioExecutor::new())
            .retry_canceled_requests(false)
            // A case may have more headers than the default limit of 100.
            .http1_max_headers(256)
            .build(connector);
        let transport =
            HyperTransport::new(client).limits(ExchangeLimits::default().total(self.limit()));
        // The same as the reference in this process: the corpus has successes without a request id.
        let client =
            Client::new(transport, endpoint, scheme, credentials).accept_unidentified_responses();
        Ok(match &self.environment {
            Some(environment) => client.clock_and_randomness(Arc::new(environment.clone())),
            None => client,
        })
    }

    fn limit(&self) -> Duration {
        Duration::from_millis(self.timeout_ms.unwrap_or(30_000))
    }

    fn options(&self) -> InvokeOptions {
        let options = InvokeOptions::default();
        match self.retry {
            None => options.retry_policy(RetryPolicy::never()),
            Some(retry) => {
                let policy = RetryPolicy::default().max_attempts(retry.max_attempts);
                let options = options.retry_policy(policy);
                if retry.idempotent {
                    options.idempotent()
                } else {
                    options
                }
            }
        }
    }
}

/// The error as the text of a refusal.
fn parsed<T, E: ToString>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}
