//! The call of an HTTP trigger, simple enough to make mistakes in every step.

use std::time::Duration;

use fcgate_protocol::{
    BuildOutput, HeaderList, Implementation, Reply, Scheme, SignInput, SignKind, TriggerAuth,
    TriggerInput, TriggerOutput,
};

use crate::client::acs3_trigger::Acs3Trigger;
use crate::client::exchange::Exchange;
use crate::mistake::{Mistake, SigningMistake};

/// Authenticates the request and sends it, each with the mistake.
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
    let added = match (&input.auth, input.scheme) {
        (Some(TriggerAuth::Anonymous), _) => Reply::Ok(HeaderList::new()),
        (Some(TriggerAuth::Bearer { token }), _) => {
            let authorization = format!("Bearer {token}");
            Reply::Ok(HeaderList::from([("authorization", authorization)]))
        }
        (None, Scheme::Acs3) => Reply::Ok(by_acs3(&request, mistake)),
        (None, Scheme::Fc) => mutated.sign(&request).map(|signed| signed.headers),
    };
    added.map(|added| {
        let mut headers = request.headers;
        headers.extend(added);
        let mut request = BuildOutput::new(request.method, request.url, headers, request.body);
        if let Mistake::AuthenticatesTrigger(wrongly) = mistake {
            wrongly(input, &mut request);
        }
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

/// The headers of the ACS3 recipe of HTTP triggers.
fn by_acs3(request: &SignInput, mistake: Mistake) -> HeaderList {
    let mut signature = Acs3Trigger::of(request);
    match mistake {
        Mistake::SignsTrigger(wrongly) => wrongly(&mut signature),
        Mistake::Signing(SigningMistake::Acs3(change)) => signature.change = change,
        _ => {}
    }
    signature.sign(request)
}
