//! The spans and events of an invocation, without secrets.

#![cfg(feature = "tracing")]
#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use fc_invoke::{BlockingClient, InvokeFunctionInput, Scheme, Target};
use fc_sign::Credentials;
use fc_transport::{BlockingTransport, TransportError};
use http::{Request, Response};

const SECRET: &str = "fcTestAccessKeySecret0123456789";
const TOKEN: &str = "CAISdummySTS+token/with==chars";

/// A transport that returns 429 once, then 200.
struct Throttled(Mutex<u32>);

impl BlockingTransport for Throttled {
    fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut sent = self.0.lock().unwrap();
        *sent += 1;
        let status = if *sent == 1 { 429 } else { 200 };
        let response = Response::builder()
            .status(status)
            .header("x-fc-request-id", "request-1");
        Ok(response
            .body(Bytes::from_static(b"private result"))
            .unwrap())
    }

    fn sleep(&self, _: Duration) {}
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_invocation_is_a_span_and_each_attempt_an_event_without_secrets() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    let credentials = Credentials::temporary(id, SECRET.parse().unwrap(), TOKEN.parse().unwrap());
    let endpoint = "https://fc.example.com".parse().unwrap();
    let client = BlockingClient::new(Throttled(Mutex::new(0)), endpoint, Scheme::Fc, credentials);
    let target = Target::new("svc".parse().unwrap(), "fn".parse().unwrap());
    let input = InvokeFunctionInput::builder(target)
        .payload("private event")
        .build()
        .unwrap();
    tracing::subscriber::with_default(subscriber, || client.invoke(&input))
        .unwrap()
        .into_result()
        .unwrap();

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    insta::assert_snapshot!(text, @r#"
     WARN invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=13}: fc_invoke: the attempt is retried attempt=1 status=429 request_id="request-1" wait_ms_from=50 wait_ms_to=100
    DEBUG invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=13}: fc_invoke: the invocation is complete attempt=2 status=200 request_id="request-1" kind="completed"
    "#);
    for secret in [SECRET, TOKEN, "private", "FC FCTEST"] {
        assert!(!text.contains(secret), "the log shows {secret}");
    }
}
