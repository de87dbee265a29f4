//! The command `trigger`, implemented with the client of HTTP triggers, and with `fc-sign` for the FC scheme.

use fc_invoke::{
    ClockAndRandomness as _, ExtraHeader, InvokeErrorKind, SystemClockAndRandomness, TriggerAuth,
    TriggerClient, TriggerRequest, TriggerScheme,
};
use fc_sign::{Timestamp, fc};
use fc_transport::Transport as _;
use fc_transport_hyper::HyperTransport;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, Uri};

use super::wire::{self, Refused};
use super::{blocking, invoke};
use fcgate_protocol::{
    self as protocol, Reply, Scheme, TransportClass, TriggerInput, TriggerOutput,
};

/// Authenticates the request, sends it, and blocks until it ends or the time limit of the case is reached.
pub(super) fn call(input: &TriggerInput) -> Reply<TriggerOutput> {
    let late = || TriggerOutput::failed(TransportClass::Timeout);
    match (&input.auth, input.scheme) {
        (None, Scheme::Fc) => blocking::within(input.timeout_ms, signed_by_fc(input), late),
        _ => blocking::within(input.timeout_ms, by_the_client(input), late),
    }
}

async fn by_the_client(input: &TriggerInput) -> Result<TriggerOutput, Refused> {
    let url: Uri = input.url.parse()?;
    let authority = url.authority().ok_or("expected a URL with a host")?;
    let scheme = url.scheme_str().unwrap_or("http");
    let endpoint = format!("{scheme}://{authority}").parse()?;
    let target = url.path_and_query().map_or("/", |target| target.as_str());
    let mut request = TriggerRequest::builder(input.method.parse()?, target);
    for (name, value) in &input.headers {
        let name: HeaderName = name.parse()?;
        request = if name == CONTENT_TYPE {
            request.content_type(HeaderValue::from_str(value)?)
        } else {
            request.header(ExtraHeader::try_from((name.as_str(), value.as_str()))?)
        };
    }
    let request = request.body(input.body.clone()).build()?;
    let client = TriggerClient::new(HyperTransport::http(), endpoint, auth(input)?);
    match client.call(&request).await {
        Ok(outcome) => Ok(received(outcome.into_response())),
        Err(error) => match error.kind() {
            InvokeErrorKind::Transport(error) => Ok(TriggerOutput::failed(invoke::class(error))),
            _ => Err(error.into()),
        },
    }
}

fn auth(input: &TriggerInput) -> Result<TriggerAuth, Refused> {
    Ok(match &input.auth {
        Some(protocol::TriggerAuth::Anonymous) => TriggerAuth::anonymous(),
        Some(protocol::TriggerAuth::Bearer { token }) => TriggerAuth::bearer(token.parse()?),
        None => TriggerAuth::signed(
            TriggerScheme::from(match input.scheme {
                Scheme::Fc => fc_invoke::Scheme::Fc,
                Scheme::Acs3 => fc_invoke::Scheme::Acs3,
            }),
            wire::credentials(&input.credentials)?,
        ),
    })
}

async fn signed_by_fc(input: &TriggerInput) -> Result<TriggerOutput, Refused> {
    let mut request = wire::request(&input.method, &input.url, &input.headers, &input.body)?;
    let credentials = wire::credentials(&input.credentials)?;
    let now = Timestamp::try_from(SystemClockAndRandomness::default().now())?;
    let signer = fc::FcSigner::new(&credentials);
    let additions = signer.sign(&request, fc::Resource::HttpTrigger, now)?;
    additions.apply(request.headers_mut());
    Ok(match HyperTransport::http().send(request).await {
        Ok(response) => received(response),
        Err(error) => TriggerOutput::failed(invoke::class(&error)),
    })
}

fn received(response: Response<bytes::Bytes>) -> TriggerOutput {
    TriggerOutput::received(
        response.status().as_u16(),
        wire::header_list(response.headers()),
        response.into_body().to_vec(),
    )
}
