//! Invokes a function of Function Compute 2.0 over https with ureq, without a runtime.
//!
//! `cargo run -p fc-client --features credentials,rustls,ureq --example https_ureq -- ENDPOINT SERVICE FUNCTION`
//!
//! The key comes from `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, and the certificates from the
//! operating system.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::time::Duration;

use fc_client::credentials::EnvironmentProvider;
use fc_client::{ClientBuilder, ExchangeLimits, InvokeFunctionInput, Revision, Target};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let endpoint = arguments.next().ok_or("expected an endpoint")?.parse()?;
    let service = arguments.next().ok_or("expected a service")?.parse()?;
    let function = arguments.next().ok_or("expected a function")?.parse()?;

    let client = ClientBuilder::new(endpoint, EnvironmentProvider::new())
        .revision(Revision::V2021_04_06)
        .limits(ExchangeLimits::default().total(Duration::from_secs(600)))
        .ureq()?;
    let input = InvokeFunctionInput::builder(Target::new(service, function)).build()?;
    let success = client.invoke(&input)?.into_result()?;
    println!("{}", String::from_utf8_lossy(success.payload()));
    Ok(())
}
