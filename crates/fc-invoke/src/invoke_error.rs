//! The error of an invocation without an outcome.

use std::error::Error;
use std::fmt;

use fc_headers::InputError;
use fc_response::ResponseError;
use fc_sign::{ProviderError, SignError};
use fc_transport::TransportError;

use crate::ClockSkew;

/// The reason that an invocation has no outcome.
///
/// A refusal by the service is not an error: it is an [`Outcome`](fc_response::Outcome).
#[non_exhaustive]
#[derive(Debug)]
pub enum InvokeError {
    /// The client cannot send this input. Nothing was sent.
    Input(InputError),
    /// The provider returned no credentials. This attempt was not sent.
    Credentials(ProviderError),
    /// The request could not be signed. This attempt was not sent.
    Sign(SignError),
    /// There was no complete response; the kind shows whether the function may have run.
    Transport(TransportError),
    /// The response has a status that the operation does not define; the error holds the response.
    Response(ResponseError),
    /// The service refused the request because of its time; the error holds both times.
    ClockSkew(Box<ClockSkew>),
}

impl fmt::Display for InvokeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(f, "input: {error}"),
            Self::Credentials(error) => write!(f, "{error}"),
            Self::Sign(error) => write!(f, "sign: {error}"),
            Self::Transport(error) => write!(f, "transport: {error}"),
            Self::Response(error) => write!(f, "response: {error}"),
            Self::ClockSkew(skew) => write!(f, "clock-skew: {skew}"),
        }
    }
}

impl Error for InvokeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Input(error) => error.source(),
            Self::Credentials(error) => error.source(),
            Self::Sign(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Response(error) => error.source(),
            Self::ClockSkew(skew) => Some(skew.refusal()),
        }
    }
}

impl From<InputError> for InvokeError {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl From<ProviderError> for InvokeError {
    fn from(error: ProviderError) -> Self {
        Self::Credentials(error)
    }
}

impl From<SignError> for InvokeError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

impl From<TransportError> for InvokeError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<ResponseError> for InvokeError {
    fn from(error: ResponseError) -> Self {
        Self::Response(error)
    }
}
