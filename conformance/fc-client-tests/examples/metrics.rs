//! Counts attempts, latencies and outcomes of all invocations, with a deadline for each, over ureq.
//!
//! It needs no network: a fake endpoint on loopback verifies the signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fc_invoke::{
    AttemptRecord, BlockingClient, Endpoint, InvocationObserver, InvocationRecord,
    InvokeFunctionInput, Scheme, Target,
};
use fc_sign::Credentials;
use fc_transport_ureq::{UreqTransport, config};
use fcgate_cases::corpus::CannedAnswer;
use fcgate_protocol as protocol;
use fcgate_runner::endpoint;

/// Counters by name. In production these are those of the crate `metrics` or of a Prometheus client.
#[derive(Default)]
struct Counters(Mutex<BTreeMap<String, u64>>);

impl Counters {
    fn add(&self, name: String, number: u64) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counters.entry(name).or_default() += number;
    }
}

impl InvocationObserver for Counters {
    fn attempt_ended(&self, attempt: &AttemptRecord<'_>) {
        let result = match (attempt.status, attempt.error) {
            (Some(status), _) => status.as_str().to_owned(),
            (None, Some(error)) => error.slug().to_owned(),
            (None, None) => "none".to_owned(),
        };
        self.add(format!("attempts {{result={result}}}"), 1);
    }

    fn invocation_ended(&self, invocation: &InvocationRecord<'_>) {
        self.add(format!("invocations {{result={}}}", invocation.result), 1);
        let time = u64::try_from(invocation.latency.as_micros()).unwrap_or(u64::MAX);
        self.add("invocation_microseconds".to_owned(), time);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let service = service()?;
    let counters = Arc::new(Counters::default());
    let transport = UreqTransport::new(config().build().new_agent());
    let endpoint: Endpoint = service.uri().parse()?;
    let credentials = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    let client = BlockingClient::new(transport, endpoint, Scheme::Fc, credentials)
        .observer(counters.clone())
        .deadline(Duration::from_secs(30));

    for function in ["demoFunction", "demoFunction", "missingFunction"] {
        let target = Target::new("demoService".parse()?, function.parse()?);
        let input = InvokeFunctionInput::builder(target).build()?;
        match client.invoke(&input)?.into_result() {
            Ok(success) => println!("{function}: {} bytes", success.payload().len()),
            Err(failure) => println!("{function}: {failure}"),
        }
    }
    let counters = counters.0.lock().unwrap_or_else(PoisonError::into_inner);
    for (name, number) in &*counters {
        println!("{name} {number}");
    }
    Ok(())
}

const KEY_ID: &str = "FCTESTACCESSKEYID01";
const KEY_SECRET: &str = "fcTestAccessKeySecret0123456789";

/// The fake endpoint, with one function that succeeds and one that does not exist.
fn service() -> io::Result<endpoint::Endpoint> {
    let credentials = || protocol::Credentials::new(KEY_ID, KEY_SECRET);
    let service = endpoint::Endpoint::start()?;
    let found = CannedAnswer::new(200, r#"{"greeting":"hello world"}"#)
        .header("X-Fc-Request-Id", "1a2b3c4d-0000-1111-2222-333344445555");
    service.play("demoFunction", protocol::Scheme::Fc, credentials(), found);
    let missing = CannedAnswer::new(404, r#"{"ErrorCode":"FunctionNotFound"}"#)
        .header("X-Fc-Request-Id", "1a2b3c4d-0000-1111-2222-333344445556");
    service.play(
        "missingFunction",
        protocol::Scheme::Fc,
        credentials(),
        missing,
    );
    Ok(service)
}
