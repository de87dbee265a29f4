//! The command `build`, implemented with `fc-invoke`.

use bytes::Bytes;
use fc_headers::{AsyncDelay, FunctionName, Header as _, StatefulAsyncInvocationEnable};
use fc_invoke::{
    Endpoint, ExtraHeader, InvokeFunctionInput, InvokeFunctionInputBuilder, Revision, Scheme,
    Signer, Target,
};
use fc_sign::{Nonce, Timestamp};
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Request};

use super::session;
use super::wire::{self, Refused};
use fcgate_protocol::{self as protocol, BuildInput, BuildOutput, Invocation};

pub(super) fn build(input: &BuildInput) -> Result<BuildOutput, Refused> {
    let endpoint = input.endpoint.parse()?;
    let stamp = Stamp {
        time: input.time.parse()?,
        nonce: input.nonce.parse()?,
    };
    let credentials = &input.credentials;
    let request = request(
        &input.revision,
        input.scheme,
        credentials,
        &input.input,
        &endpoint,
        &stamp,
    )?;
    let method = request.method().as_str();
    let headers = wire::header_list(request.headers());
    Ok(BuildOutput::new(
        method,
        request.uri().to_string(),
        headers,
        request.body().to_vec(),
    ))
}

/// The time and the nonce of a signature.
struct Stamp {
    time: Timestamp,
    nonce: Nonce,
}

/// Builds and signs the request of an invocation.
fn request(
    revision: &str,
    scheme: protocol::Scheme,
    credentials: &protocol::Credentials,
    invocation: &Invocation,
    endpoint: &Endpoint,
    stamp: &Stamp,
) -> Result<Request<Bytes>, Refused> {
    let (input, scheme) = typed_input(revision, scheme, invocation)?;
    let signer = Signer::new(scheme, &wire::credentials(credentials)?);
    let mut request = input.to_request(endpoint, signer.scheme());
    let additions = signer.sign(&request, stamp.time, &stamp.nonce)?;
    additions.apply(request.headers_mut());
    Ok(request)
}

/// Returns the typed input and the scheme, if the revision accepts the scheme.
pub(super) fn typed_input(
    revision: &str,
    scheme: protocol::Scheme,
    invocation: &Invocation,
) -> Result<(InvokeFunctionInput, Scheme), Refused> {
    let revision: Revision = revision.parse()?;
    let scheme = match scheme {
        protocol::Scheme::Fc => Scheme::Fc,
        protocol::Scheme::Acs3 => Scheme::Acs3,
    };
    if !revision.accepts(scheme) {
        return Err(format!("revision {revision} does not accept the FC scheme").into());
    }
    Ok((input(revision, invocation)?, scheme))
}

fn input(revision: Revision, given: &Invocation) -> Result<InvokeFunctionInput, Refused> {
    let mut builder = InvokeFunctionInput::builder(target(revision, given)?);
    if let Some(invocation_type) = &given.invocation_type {
        builder = builder.invocation_type(invocation_type.parse()?);
    }
    if let Some(log_type) = &given.log_type {
        builder = builder.log_type(log_type.parse()?);
    }
    if let Some(id) = &given.stateful_async_invocation_id {
        builder = builder.stateful_async_invocation_id(id.parse()?);
    }
    if let Some(enable) = given.stateful_async_invocation_enable {
        builder =
            builder.stateful_async_invocation_enable(StatefulAsyncInvocationEnable::new(enable));
    }
    if let Some(account_id) = &given.account_id {
        builder = builder.account_id(account_id.parse()?);
    }
    if let Some(trace_id) = &given.trace_id {
        builder = builder.trace_id(trace_id.parse()?);
    }
    if let Some(session) = &given.session {
        builder = builder.session(session::session(session)?);
    }
    for (name, value) in given.headers.iter().flatten() {
        builder = header(builder, name, value)?;
    }
    if let Some(payload) = &given.payload {
        builder = builder.payload(payload.clone());
    }
    Ok(builder.build()?)
}

/// Sets a header. Two headers have typed setters but no field in the protocol.
fn header(
    builder: InvokeFunctionInputBuilder,
    name: &str,
    value: &str,
) -> Result<InvokeFunctionInputBuilder, Refused> {
    let name: HeaderName = name.parse()?;
    let value_of = |text| HeaderValue::from_str(text);
    if name == CONTENT_TYPE {
        return Ok(builder.content_type(value_of(value)?));
    }
    if name == AsyncDelay::NAME {
        return Ok(builder.async_delay(AsyncDelay::decode(&value_of(value)?)?));
    }
    Ok(builder.header(ExtraHeader::try_from((name.as_str(), value))?))
}

fn target(revision: Revision, given: &Invocation) -> Result<Target, Refused> {
    let function = || given.function.parse::<FunctionName>();
    let service = || {
        given
            .service
            .as_deref()
            .ok_or("missing service name")?
            .parse()
            .map_err(Refused::from)
    };
    let target = match revision {
        Revision::V2016_08_15 => Target::v2016_08_15(service()?, function()?),
        Revision::V2023_03_30 => Target::v2023_03_30(given.function.parse()?),
        _ => Target::new(service()?, function()?),
    };
    Ok(match &given.qualifier {
        Some(qualifier) => target.qualifier(qualifier.parse()?),
        None => target,
    })
}
