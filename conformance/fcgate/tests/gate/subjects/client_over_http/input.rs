//! Converts the input of a case to the types of the client.

use std::error::Error;

use fc_headers::{AsyncDelay, Header as _, StatefulAsyncInvocationEnable};
use fc_invoke::{ExtraHeader, InvokeFunctionInput, Revision, Target};
use fc_sign::Credentials;
use fcgate_protocol::{self as protocol, Invocation};
use http::HeaderValue;

use super::session;

type Refused = Box<dyn Error>;

pub(super) fn credentials(given: &protocol::Credentials) -> Result<Credentials, Refused> {
    let (id, secret) = (
        given.access_key_id.parse()?,
        given.access_key_secret.parse()?,
    );
    Ok(match &given.security_token {
        Some(token) => Credentials::temporary(id, secret, token.parse()?),
        None => Credentials::new(id, secret),
    })
}

pub(super) fn of(revision: &str, given: &Invocation) -> Result<InvokeFunctionInput, Refused> {
    let mut builder = InvokeFunctionInput::builder(target(revision.parse()?, given)?);
    if let Some(text) = &given.invocation_type {
        builder = builder.invocation_type(text.parse()?);
    }
    if let Some(text) = &given.log_type {
        builder = builder.log_type(text.parse()?);
    }
    if let Some(text) = &given.stateful_async_invocation_id {
        builder = builder.stateful_async_invocation_id(text.parse()?);
    }
    if let Some(enable) = given.stateful_async_invocation_enable {
        let enable = StatefulAsyncInvocationEnable::new(enable);
        builder = builder.stateful_async_invocation_enable(enable);
    }
    if let Some(text) = &given.account_id {
        builder = builder.account_id(text.parse()?);
    }
    if let Some(text) = &given.trace_id {
        builder = builder.trace_id(text.parse()?);
    }
    if let Some(given) = &given.session {
        builder = builder.session(session::of(given)?);
    }
    for (name, value) in given.headers.iter().flatten() {
        builder = match name.to_ascii_lowercase().as_str() {
            "content-type" => builder.content_type(HeaderValue::from_str(value)?),
            name if name == AsyncDelay::NAME => {
                builder.async_delay(AsyncDelay::decode(&HeaderValue::from_str(value)?)?)
            }
            name => builder.header(ExtraHeader::try_from((name, value.as_str()))?),
        };
    }
    if let Some(payload) = &given.payload {
        builder = builder.payload(payload.clone());
    }
    Ok(builder.build()?)
}

fn target(revision: Revision, given: &Invocation) -> Result<Target, Refused> {
    let function = &given.function;
    let service = given.service.as_deref().unwrap_or_default();
    let target = match revision {
        Revision::V2016_08_15 => Target::v2016_08_15(service.parse()?, function.parse()?),
        Revision::V2023_03_30 => Target::v2023_03_30(function.parse()?),
        _ => Target::new(service.parse()?, function.parse()?),
    };
    Ok(match &given.qualifier {
        Some(qualifier) => target.qualifier(qualifier.parse()?),
        None => target,
    })
}
