//! Makes the calls of the SDK.

use std::future::Future;
use std::sync::PoisonError;

use ali_acs::AccessKeySecret;
use ali_acs::fc::{Connection, Endpoint, InvokeFunction};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::header::{HOST, HeaderMap, HeaderValue};
use reqwest::{Client, Proxy};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;

use crate::call::{Call, ParseInput, Target};
use crate::loopback::{self, Requests};
use crate::outcome::{Operation, failed};
use crate::{Failure, internal, relay};

/// A connection that sends to another address than the SDK has.
///
/// The SDK has a list of regions, no option for an endpoint, and always sends to https. Its HTTP client can be given. A
/// reqwest client that is built without TLS sends a request to https to its proxy as it is, without encryption, so the
/// proxy can be a server of this adapter. The Host is set for the same reason; the signature does not depend on it,
/// because the SDK does not sign it.
fn connection(target: &Target, proxy: &TcpListener) -> Result<Connection, Failure> {
    let address = proxy.local_addr().map_err(internal)?;
    let (_, authority) = target.origin()?;
    let host = HeaderValue::from_str(authority).map_err(internal)?;
    let client = Client::builder()
        .proxy(Proxy::https(format!("http://{address}")).map_err(internal)?)
        .default_headers(HeaderMap::from_iter([(HOST, host)]))
        .timeout(target.timeout)
        .build()
        .map_err(internal)?;
    let keys = &target.credentials;
    let keys = AccessKeySecret::new(keys.access_key_id.clone(), keys.access_key_secret.clone());
    Ok(Connection::with_client(Endpoint::CnHangzhou, keys, client))
}

/// Makes one call; its end ends the server next to it.
fn run<T>(call: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(internal)?;
    runtime.block_on(call)
}

async fn listen() -> Result<TcpListener, Failure> {
    TcpListener::bind("127.0.0.1:0").await.map_err(internal)
}

/// `Connection::invoke_function`.
async fn invoke_function(connection: &Connection, call: &Call) -> Result<Value, Failure> {
    let input = &call.input;
    let mut request = InvokeFunction::new(input.function.clone());
    if let Some(qualifier) = input.qualifier.clone() {
        request = request.qualifier(qualifier);
    }
    if let Some(kind) = input.invocation_type.clone() {
        request = request.x_fc_invocation_type(kind);
    }
    if let Some(log) = input.log_type.clone() {
        request = request.x_fc_log_type(log);
    }
    if let Some(id) = input.stateful_async_invocation_id.clone() {
        request = request.x_fc_async_task_id(id);
    }
    if let Some(payload) = input.payload()? {
        request = request.body(payload);
    }
    let outcome = match connection.invoke_function(request).await {
        // The SDK returns the payload only, so any result of an asynchronous call is an acceptance.
        Ok(_) if input.is_async() => json!({ "kind": "accepted" }),
        Ok(payload) => {
            json!({ "kind": "completed", "payload_b64": BASE64_STANDARD.encode(payload) })
        }
        Err(error) => failed(&error, Operation::Invocation)?,
    };
    Ok(json!({ "outcome": outcome }))
}

/// Sends an answer to the first request of an invocation; its result and the requests.
fn exchange(call: &Call, answer: Vec<u8>) -> Result<(Result<Value, Failure>, Requests), Failure> {
    run(async {
        let listener = listen().await?;
        let connection = connection(&call.target, &listener)?;
        let requests = Requests::default();
        tokio::spawn(loopback::run(listener, answer, Requests::clone(&requests)));
        Ok((invoke_function(&connection, call).await, requests))
    })
}

/// The first request of an invocation, as it arrived at the server.
pub(crate) fn build(call: &Call) -> Result<Value, Failure> {
    let (result, requests) = exchange(call, loopback::EMPTY.to_vec())?;
    let requests = requests.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(request) = requests.first() else {
        let sent_nothing = |outcome| internal(format!("the SDK sent nothing: {outcome}"));
        return Err(result.map_or_else(|failure| failure, sent_nothing));
    };
    let (scheme, authority) = call.target.origin()?;
    let host = request.header("host").unwrap_or(authority);
    Ok(json!({
        "method": request.method,
        "url": format!("{scheme}://{host}{}", request.target),
        "headers": request.headers,
        "body_b64": BASE64_STANDARD.encode(&request.body),
    }))
}

/// The outcome of a response that the server plays.
pub(crate) fn parse(given: ParseInput) -> Result<Value, Failure> {
    let answer = loopback::raw(given.status, &given.headers, &given.body()?);
    exchange(&Call::to_see_a_response(&given.invocation_type), answer)?.0
}

/// The outcome of an invocation at the endpoint of the case.
pub(crate) fn invoke(call: &Call) -> Result<Value, Failure> {
    at_the_endpoint(&call.target, async |connection| {
        invoke_function(&connection, call).await
    })
}

/// Makes a call to the endpoint of the case.
pub(crate) fn at_the_endpoint<T, F: Future<Output = Result<T, Failure>>>(
    target: &Target,
    call: impl FnOnce(Connection) -> F,
) -> Result<T, Failure> {
    run(async {
        let listener = listen().await?;
        let connection = connection(target, &listener)?;
        let (_, authority) = target.origin()?;
        match TcpStream::connect(authority).await {
            Ok(first) => drop(tokio::spawn(relay::run(
                listener,
                authority.to_owned(),
                first,
            ))),
            // The SDK must find no server either.
            Err(_) => drop(listener),
        }
        call(connection).await
    })
}
