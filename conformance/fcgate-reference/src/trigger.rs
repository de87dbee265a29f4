//! The command `trigger`, implemented with `fc-sign` and a transport.

use fc_invoke::{ClockAndRandomness as _, SystemClockAndRandomness};
use fc_sign::{Timestamp, fc};
use fc_transport::Transport as _;
use fc_transport_hyper::HyperTransport;

use super::wire::{self, Refused};
use super::{blocking, invoke};
use fcgate_protocol::{Reply, Scheme, TransportClass, TriggerInput, TriggerOutput};

/// Signs the request, sends it, and blocks until it ends or the time limit of the case is reached.
pub(super) fn call(input: &TriggerInput) -> Reply<TriggerOutput> {
    if input.scheme != Scheme::Fc {
        return Reply::unsupported("sign.acs3");
    }
    blocking::within(input.timeout_ms, exchange(input), || {
        TriggerOutput::failed(TransportClass::Timeout)
    })
}

async fn exchange(input: &TriggerInput) -> Result<TriggerOutput, Refused> {
    let mut request = wire::request(&input.method, &input.url, &input.headers, &input.body)?;
    let credentials = wire::credentials(&input.credentials)?;
    let now = Timestamp::try_from(SystemClockAndRandomness::default().now())?;
    let signer = fc::FcSigner::new(&credentials);
    let additions = signer.sign(&request, fc::Resource::HttpTrigger, now)?;
    additions.apply(request.headers_mut());
    Ok(match HyperTransport::http().send(request).await {
        Ok(response) => TriggerOutput::received(
            response.status().as_u16(),
            wire::header_list(response.headers()),
            response.into_body().to_vec(),
        ),
        Err(error) => TriggerOutput::failed(invoke::class(&error)),
    })
}
