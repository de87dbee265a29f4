//! The call of an HTTP trigger, simple enough to make mistakes in every step.

use std::time::Duration;

use fcgate_protocol::{
    BuildOutput, Implementation, Reply, SignInput, SignKind, TriggerInput, TriggerOutput,
};

use crate::client::exchange::Exchange;
use crate::mistake::Mistake;

/// Signs the request and sends it, each with the mistake.
///
/// `mutated` is the implementation with the mistake; its `trigger` is not called.
pub(crate) fn call(
    mutated: &dyn Implementation,
    mistake: Mistake,
    input: &TriggerInput,
) -> Reply<TriggerOutput> {
    let mut exchange = Exchange::within(Duration::from_millis(input.timeout_ms));
    let mut request = SignInput {
        scheme: input.scheme,
        kind: Some(SignKind::HttpTrigger),
        method: input.method.clone(),
        url: input.url.clone(),
        headers: input.headers.clone(),
        body: input.body.clone(),
        credentials: input.credentials.clone(),
        time: jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string(),
        nonce: String::new(),
        expires: None,
    };
    if let Mistake::CallsTrigger(wrongly) = mistake {
        wrongly(&mut request);
    }
    mutated.sign(&request).map(|signed| {
        let mut headers = request.headers;
        headers.extend(signed.headers);
        let request = BuildOutput::new(request.method, request.url, headers, request.body);
        let received = match mistake {
            Mistake::Http(wrongly) => wrongly(&mut exchange, &request),
            _ => exchange.send(&request),
        };
        let response = match received {
            Ok(received) => received,
            Err(class) => return TriggerOutput::failed(class),
        };
        let (status, headers, body) = (response.status, response.headers, response.body);
        let output = TriggerOutput::received(status, headers, body);
        match mistake {
            Mistake::AnswersTrigger(wrongly) => wrongly(output),
            _ => output,
        }
    })
}
