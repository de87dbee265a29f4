//! Queues an asynchronous invocation with an id of its own, over https with hyper and a private authority.
//!
//! `cargo run -p fc-client --features credentials,hyper,rustls --example https_hyper -- ENDPOINT FUNCTION CA_FILE`
//!
//! The key comes from `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`. Only certificates of the
//! authority in the file are trusted.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use fc_client::credentials::EnvironmentProvider;
use fc_client::{
    ClientBuilder, InvocationType, InvokeFunctionInput, Outcome, RootCertificates, Target,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let endpoint = arguments.next().ok_or("expected an endpoint")?.parse()?;
    let function = arguments.next().ok_or("expected a function")?.parse()?;
    let authority = std::fs::read(arguments.next().ok_or("expected a file")?)?;

    let client = ClientBuilder::new(endpoint, EnvironmentProvider::new())
        .root_certificates(RootCertificates::from_pem(&authority)?)
        .hyper()?;
    // The service accepts an id once, so the client may send the request again after a lost response.
    let input = InvokeFunctionInput::builder(Target::v2023_03_30(function))
        .invocation_type(InvocationType::Async)
        .stateful_async_invocation_id("order-4711".parse()?)
        .payload(r#"{"order":4711}"#)
        .build()?;
    match client.invoke(&input).await? {
        Outcome::Accepted(accepted) => println!("accepted: {}", accepted.status()),
        other => println!("not accepted: {:?}", other.into_result()?),
    }
    Ok(())
}
