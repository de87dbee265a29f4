//! A sample endpoint, target, input and access key.

use fc_invoke::{Endpoint, InvokeFunctionInput, InvokeFunctionInputBuilder, Target};
use fc_sign::Credentials;

pub(crate) fn endpoint() -> Endpoint {
    "https://fc.example.com".parse().unwrap()
}

pub(crate) fn target() -> Target {
    Target::new("svc".parse().unwrap(), "fn".parse().unwrap())
}

pub(crate) fn builder() -> InvokeFunctionInputBuilder {
    InvokeFunctionInput::builder(target())
}

/// An input whose payload is `event`.
pub(crate) fn input() -> InvokeFunctionInput {
    builder().payload("event").build().unwrap()
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new("id".parse().unwrap(), "secret".parse().unwrap())
}
