//! Invokes a function over https with reqwest, and prints the result and the tail of the log.
//!
//! `cargo run -p fc-client --features credentials,reqwest,rustls --example https_reqwest -- ENDPOINT FUNCTION`
//!
//! The key comes from `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, and the certificates from the
//! operating system. Offline, with the fake endpoint of the gate: `fcgate serve --tls ca.pem`, and `SSL_CERT_FILE=ca.pem`.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use fc_client::credentials::EnvironmentProvider;
use fc_client::{ClientBuilder, InvokeFunctionInput, LogType, Target};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let endpoint = arguments.next().ok_or("expected an endpoint")?.parse()?;
    let function = arguments.next().ok_or("expected a function")?.parse()?;

    let client = ClientBuilder::new(endpoint, EnvironmentProvider::new()).reqwest()?;
    let input = InvokeFunctionInput::builder(Target::v2023_03_30(function))
        .log_type(LogType::Tail)
        .payload(r#"{"key":"value"}"#)
        .build()?;
    let success = client.invoke(&input).await?.into_result()?;

    println!("{}", String::from_utf8_lossy(success.payload()));
    if let Some(log) = success.metadata().log_tail()? {
        println!("{}", String::from_utf8_lossy(log.as_bytes()));
    }
    Ok(())
}
