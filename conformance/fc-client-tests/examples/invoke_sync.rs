//! A synchronous invocation with the tail of the function's log, over hyper-util.
//!
//! It needs no network: a fake endpoint on loopback verifies the signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;
use std::io;
use std::time::Duration;

use fc_headers::LogType;
use fc_invoke::{Client, Endpoint, InvokeFunctionInput, Scheme, Target};
use fc_sign::Credentials;
use fc_transport::ExchangeLimits;
use fc_transport_hyper::HyperTransport;
use fcgate_cases::corpus::CannedAnswer;
use fcgate_protocol as protocol;
use fcgate_runner::endpoint;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = service()?;

    // The connect limit is 5 s here. For TLS, give `HyperTransport::new` a hyper-util client over the connector of
    // hyper-rustls: `HttpsConnectorBuilder::new().with_webpki_roots().https_only().enable_http1().build()`.
    let limits = ExchangeLimits::default()
        .total(Duration::from_secs(600))
        .idle(Duration::from_secs(30));
    let transport = HyperTransport::http().limits(limits);
    // In production: `Endpoint::public(&"1234567890123456".parse()?, &"cn-hangzhou".parse()?)`.
    let endpoint: Endpoint = service.uri().parse()?;
    let credentials = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    let client = Client::new(transport, endpoint, Scheme::Fc, credentials);

    let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
    let input = InvokeFunctionInput::builder(target)
        .log_type(LogType::Tail)
        .payload(r#"{"name":"world"}"#)
        .build()?;
    // `into_result` turns a failed function and a rejected request into an error.
    let success = client.invoke(&input).await?.into_result()?;

    println!("payload: {}", String::from_utf8_lossy(success.payload()));
    let metadata = success.metadata();
    if let Some(duration) = metadata.duration()? {
        println!("duration: {duration}");
    }
    if let Some(log) = metadata.log_tail()? {
        println!("log tail:\n{}", log.to_string_lossy());
    }
    Ok(())
}

const KEY_ID: &str = "FCTESTACCESSKEYID01";
const KEY_SECRET: &str = "fcTestAccessKeySecret0123456789";

/// The fake endpoint.
fn service() -> io::Result<endpoint::Endpoint> {
    let log = "RkMgSW52b2tlIFN0YXJ0CmhlbGxvIHdvcmxkCkZDIEludm9rZSBFbmQK";
    let answer = CannedAnswer::new(200, r#"{"greeting":"hello world"}"#)
        .header("X-Fc-Request-Id", "1a2b3c4d-0000-1111-2222-333344445555")
        .header("X-Fc-Invocation-Duration", "35")
        .header("X-Fc-Log-Result", log);
    let credentials = protocol::Credentials::new(KEY_ID, KEY_SECRET);
    let service = endpoint::Endpoint::start()?;
    service.play("demoFunction", protocol::Scheme::Fc, credentials, answer);
    Ok(service)
}
