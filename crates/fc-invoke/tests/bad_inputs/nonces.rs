//! The nonces of the attempts of a client.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use fc_bad_inputs::{ACCEPT, Entry};
use fc_invoke::{BlockingClient, InvokeFunctionInput, Scheme, Target};
use fc_sign::{Credentials, Nonce, Timestamp, acs3};
use fc_transport::{BlockingTransport, TransportError};
use http::{Request, Response};

const ATTEMPTS: usize = 10_000;

/// Keeps the nonce of every request, and refuses every second one with a status that is retried.
#[derive(Clone, Default)]
struct Refusing(Arc<Mutex<Vec<String>>>);

impl BlockingTransport for Refusing {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let nonce = request.headers()["x-acs-signature-nonce"].to_str().unwrap();
        let mut nonces = self.0.lock().unwrap();
        nonces.push(nonce.to_owned());
        let status = if nonces.len().is_multiple_of(2) {
            200
        } else {
            429
        };
        let response = Response::builder().status(status);
        let response = response.header("x-fc-request-id", "r-1");
        Ok(response.body(Bytes::new()).unwrap())
    }

    fn sleep(&self, _: Duration) {}
}

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    let credentials = Credentials::new("id".parse().unwrap(), "secret".parse().unwrap());
    let request = Request::post("https://fc.example.com/").body("").unwrap();
    let time: Timestamp = "2022-05-11T09:00:00Z".parse().unwrap();
    let nonce: Nonce = "0123456789abcdef".parse().unwrap();
    let signer = acs3::Acs3Signer::new(&credentials);
    for _ in 0..2 {
        assert!(signer.sign(&request, time, &nonce).is_ok());
    }

    let transport = Refusing::default();
    let endpoint = "https://fc.example.com".parse().unwrap();
    let client = BlockingClient::new(transport.clone(), endpoint, Scheme::Acs3, credentials);
    let target = Target::v2023_03_30("fn".parse().unwrap());
    let input = InvokeFunctionInput::builder(target).build().unwrap();
    for _ in 0..ATTEMPTS / 2 {
        assert!(client.invoke(&input).is_ok());
    }
    let nonces = transport.0.lock().unwrap();
    let different: HashSet<&String> = nonces.iter().collect();
    assert_eq!((nonces.len(), different.len()), (ATTEMPTS, ATTEMPTS));
    entry.expect(ACCEPT)
}
