//! Clients, requests, errors and outcomes.

use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use fc_invoke::{BlockingClient, InvokeFunctionInput, RetryPolicy, Scheme, Target};
use fc_response::Outcome;
use fc_transport::{BlockingTransport, TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::Text;
use crate::credentials::credentials;

const KINDS: [TransportErrorKind; 7] = [
    TransportErrorKind::Connect,
    TransportErrorKind::Untrusted,
    TransportErrorKind::Interrupted,
    TransportErrorKind::Timeout,
    TransportErrorKind::Protocol,
    TransportErrorKind::Request,
    TransportErrorKind::Other,
];

const STATUSES: [u16; 9] = [200, 202, 204, 302, 400, 403, 404, 429, 503];

/// The result of every call, and the last request.
struct Scripted {
    result: Result<u16, TransportErrorKind>,
    sent: Mutex<Vec<String>>,
}

impl BlockingTransport for &Scripted {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let shown = format!("{request:?} {request:#?}");
        self.sent.lock().unwrap().push(shown);
        match self.result {
            Ok(status) => {
                let response = Response::builder().status(status);
                let response = response.header("x-fc-request-id", "r-1");
                let body = r#"{"ErrorCode":"AccessDenied","ErrorMessage":"no"}"#;
                Ok(response.body(Bytes::from(body)).unwrap())
            }
            Err(kind) => Err(TransportError::new(kind, "scripted").because("a reason")),
        }
    }

    fn sleep(&self, _: Duration) {}
}

pub(crate) fn texts() -> Vec<Text> {
    let mut texts = Vec::new();
    let results = KINDS.into_iter().map(Err);
    for result in results.chain(STATUSES.into_iter().map(Ok)) {
        for scheme in [Scheme::Fc, Scheme::Acs3] {
            let name = format!("{result:?} with {scheme:?}");
            let script = Scripted {
                result,
                sent: Mutex::default(),
            };
            let endpoint = "https://fc.example.com".parse().unwrap();
            let client = BlockingClient::new(&script, endpoint, scheme, credentials());
            let client = client.retry_policy(RetryPolicy::never());
            let target = Target::v2023_03_30("fn".parse().unwrap());
            let input = InvokeFunctionInput::builder(target).payload("event");
            let input = input.build().unwrap();
            texts.extend(outcome(&name, client.invoke(&input)));
            let sent = script.sent.lock().unwrap();
            texts.push(Text::new(format!("request, {name}"), sent.join("\n")));
        }
    }
    texts
}

fn outcome(name: &str, result: Result<Outcome, fc_invoke::InvokeError>) -> Vec<Text> {
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(error) => return Text::error(name, &error),
    };
    let mut texts = Text::debug(name, &outcome);
    if let Err(error) = outcome.into_result() {
        texts.extend(Text::error(&format!("failure, {name}"), &error));
    }
    texts
}
