//! The command `invoke`, implemented with the client of `fc-invoke` over HTTP.

use std::time::Duration;

use fc_invoke::{Client, InvokeErrorKind, InvokeOptions, RetryPolicy};
use fc_transport::{TransportError, TransportErrorKind};
use fc_transport_hyper::HyperTransport;

use super::wire::{self, Refused};
use super::{blocking, build, parse, session};
use fcgate_protocol::{InvokeInput, InvokeOutput, Outcome, OutcomeKind, Reply, TransportClass};

/// The wait before the first retry. On loopback a longer one has no benefit.
const FIRST_WAIT: Duration = Duration::from_millis(5);

/// Runs the exchange and blocks until it ends or the time limit of the case is reached.
pub(super) fn invoke(input: &InvokeInput) -> Reply<InvokeOutput> {
    let outcome = blocking::within(input.timeout_ms, exchange(input), || {
        transport_error(TransportClass::Timeout)
    });
    outcome.map(InvokeOutput::new)
}

/// Returns the outcome, or why no request was sent.
async fn exchange(given: &InvokeInput) -> Result<Outcome, Refused> {
    let (input, scheme) = build::typed_input(&given.revision, given.scheme, &given.input)?;
    let credentials = wire::credentials(&given.credentials)?;
    let endpoint = given.endpoint.parse()?;
    let client = Client::new(HyperTransport::http(), endpoint, scheme, credentials);
    match client.invoke_with(&input, options(given)).await {
        Ok(outcome) => {
            let session = given.input.session.as_deref();
            let session_id = session::id_in_response(session, outcome.headers());
            let mut outcome = parse::outcome(outcome);
            outcome.session_id = session_id;
            Ok(outcome)
        }
        Err(error) => match error.kind() {
            InvokeErrorKind::Response(error) => Ok(parse::bad_response(error)),
            InvokeErrorKind::ClockSkew(skew) => Ok(parse::rejected(skew.refusal())),
            InvokeErrorKind::Transport(error) => Ok(transport_error(class(error))),
            _ => Err(error.into()),
        },
    }
}

/// The options of the client. Without a retry policy in the case it never retries.
fn options(given: &InvokeInput) -> InvokeOptions {
    let Some(retry) = given.retry else {
        return InvokeOptions::default().retry_policy(RetryPolicy::never());
    };
    let policy = RetryPolicy::default()
        .max_attempts(retry.max_attempts)
        .base(FIRST_WAIT);
    let options = InvokeOptions::default().retry_policy(policy);
    if retry.idempotent {
        options.idempotent()
    } else {
        options
    }
}

pub(super) fn class(error: &TransportError) -> TransportClass {
    match error.kind() {
        TransportErrorKind::Connect => TransportClass::Connect,
        TransportErrorKind::Interrupted => TransportClass::Truncated,
        TransportErrorKind::Timeout => TransportClass::Timeout,
        TransportErrorKind::Protocol => TransportClass::Malformed,
        _ => TransportClass::Other,
    }
}

pub(super) fn transport_error(class: TransportClass) -> Outcome {
    let mut outcome = Outcome::new(OutcomeKind::TransportError);
    outcome.class = Some(class);
    outcome
}
