//! One invocation by the client.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use fc_invoke::{Client, Endpoint, InvokeError, InvokeOptions, RetryPolicy};
use fc_response::Outcome;
use fc_transport::Limits;
use fc_transport_hyper::HyperTransport;
use fcgate_protocol::{Credentials, Invocation, Retry, Scheme};
use http::Uri;
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;

use super::connector::Connector;
use super::environment::Fixed;
use super::input;

/// What is invoked, and how.
pub(super) struct Exchange<'a> {
    pub(super) revision: &'a str,
    pub(super) scheme: Scheme,
    pub(super) endpoint: &'a str,
    pub(super) credentials: &'a Credentials,
    pub(super) input: &'a Invocation,
    /// The clock and the dice; those of the machine where there is nothing.
    pub(super) environment: Option<Fixed>,
    /// Without a policy there is one attempt: the judge of one response must see that one.
    pub(super) retry: Option<Retry>,
    pub(super) timeout_ms: Option<u64>,
}

/// What the client made of an exchange.
pub(super) struct Ended {
    /// The URL for which it asked a connection; nothing when it asked for none.
    pub(super) asked: Option<Uri>,
    pub(super) result: Result<Outcome, InvokeError>,
}

impl Exchange<'_> {
    /// Over a connection to this address, whatever the endpoint is called.
    ///
    /// The error is a refusal: nothing was sent.
    pub(super) fn at(&self, address: SocketAddr) -> Result<Ended, String> {
        let connector = Connector::to(address);
        let client = self.client(connector.clone())?;
        let input = parsed(input::of(self.revision, self.input))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let result = runtime.block_on(client.invoke_with(&input, self.options()));
        match result {
            Err(InvokeError::Input(error)) => Err(error.to_string()),
            Err(InvokeError::Sign(error)) => Err(error.to_string()),
            result => Ok(Ended {
                asked: connector.asked(),
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
            // A caller's client is the caller's: a case may have more headers than the default of 100.
            .http1_max_headers(256)
            .build(connector);
        let limit = Duration::from_millis(self.timeout_ms.unwrap_or(30_000));
        let transport = HyperTransport::new(client).limits(Limits::default().total(limit));
        let client = Client::new(transport, endpoint, scheme, credentials);
        Ok(match &self.environment {
            Some(environment) => client.environment(Arc::new(environment.clone())),
            None => client,
        })
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
