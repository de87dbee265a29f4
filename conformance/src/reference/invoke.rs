//! The command `invoke`: what `build` makes goes out over HTTP, what comes back goes to `parse`.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use fc_sign::{SignError, Timestamp};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::TokioExecutor;

use super::build::{self, Stamp};
use super::parse;
use super::wire::Refused;
use crate::protocol::{InvokeInput, InvokeOutput, Outcome, OutcomeKind, Reply, TransportClass};

/// Blocks until the exchange is over or the case's time limit has passed.
pub(super) fn invoke(input: &InvokeInput) -> Reply<InvokeOutput> {
    let request = match request(input) {
        Ok(request) => request,
        Err(refused) => return Reply::refused(refused.to_string()),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return Reply::internal(error.to_string()),
    };
    let limit = Duration::from_millis(input.timeout_ms);
    let exchanged =
        runtime.block_on(async { tokio::time::timeout(limit, exchange(request)).await });
    Reply::Ok(InvokeOutput::new(match exchanged {
        Ok(Ok(response)) => parse::outcome(response),
        Ok(Err(class)) => transport_error(class),
        Err(_) => transport_error(TransportClass::Timeout),
    }))
}

fn request(input: &InvokeInput) -> Result<Request<Bytes>, Refused> {
    let endpoint = input.endpoint.parse()?;
    let stamp = Stamp {
        time: now()?,
        nonce: nonce().parse()?,
    };
    let credentials = &input.credentials;
    build::request(
        &input.revision,
        input.scheme,
        credentials,
        &input.input,
        &endpoint,
        &stamp,
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "a real exchange is signed with the real time"
)]
fn now() -> Result<Timestamp, SignError> {
    SystemTime::now().try_into()
}

/// 32 hex digits from the keys that the standard library draws for its hash maps.
fn nonce() -> String {
    let drawn = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", drawn(), drawn())
}

async fn exchange(request: Request<Bytes>) -> Result<Response<Bytes>, TransportClass> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let response = client
        .request(request.map(Full::new))
        .await
        .map_err(|error| class(&error))?;
    let (head, body) = response.into_parts();
    let body = body
        .collect()
        .await
        .map_err(|_| TransportClass::Truncated)?;
    Ok(Response::from_parts(head, body.to_bytes()))
}

fn class(error: &Error) -> TransportClass {
    if error.is_connect() {
        TransportClass::Connect
    } else {
        TransportClass::Other
    }
}

fn transport_error(class: TransportClass) -> Outcome {
    let mut outcome = Outcome::new(OutcomeKind::TransportError);
    outcome.class = Some(class);
    outcome
}
