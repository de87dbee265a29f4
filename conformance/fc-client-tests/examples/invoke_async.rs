//! An asynchronous invocation with a task id, over reqwest, signed by ACS3.
//!
//! It needs no network: a fake endpoint on loopback verifies the signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;
use std::io;
use std::time::Duration;

use fc_headers::InvocationType;
use fc_invoke::{Client, Endpoint, InvokeFunctionInput, Scheme, Target};
use fc_response::Success;
use fc_sign::Credentials;
use fc_transport::ExchangeLimits;
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use fcgate_cases::corpus::CannedAnswer;
use fcgate_protocol as protocol;
use fcgate_runner::endpoint;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = service()?;

    // For TLS, enable the feature `rustls` of `reqwest` in your manifest. The code stays the same.
    let http = || client_builder().connect_timeout(Duration::from_secs(3));
    let limits = ExchangeLimits::default()
        .total(Duration::from_secs(30))
        .idle(Duration::from_secs(10));
    let transport = ReqwestTransport::new(http)?.limits(limits);
    let endpoint: Endpoint = service.uri().parse()?;
    let credentials = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    let client = Client::new(transport, endpoint, Scheme::Acs3, credentials);

    // The service accepts a task id once, so the client may send the request again after a lost response: it treats
    // the refusal of the second request as the acceptance of the first.
    let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
    let input = InvokeFunctionInput::builder(target)
        .invocation_type(InvocationType::Async)
        .stateful_async_invocation_id("order-4711".parse()?)
        .payload(r#"{"order":4711}"#)
        .build()?;
    let accepted = match client.invoke(&input).await?.into_result()? {
        Success::Accepted(accepted) => accepted,
        Success::Completed(_) => return Err("expected an accepted invocation".into()),
    };

    println!("status: {}", accepted.status());
    if let Some(id) = accepted.metadata().stateful_async_invocation_id()? {
        println!("task id: {id}");
    }
    Ok(())
}

const KEY_ID: &str = "FCTESTACCESSKEYID01";
const KEY_SECRET: &str = "fcTestAccessKeySecret0123456789";

/// The fake endpoint.
fn service() -> io::Result<endpoint::Endpoint> {
    let answer = CannedAnswer::new(202, "")
        .header("X-Fc-Request-Id", "1a2b3c4d-0000-1111-2222-333344445555")
        .header("X-Fc-Stateful-Async-Invocation-Id", "order-4711");
    let credentials = protocol::Credentials::new(KEY_ID, KEY_SECRET);
    let service = endpoint::Endpoint::start()?;
    service.play("demoFunction", protocol::Scheme::Acs3, credentials, answer);
    Ok(service)
}
