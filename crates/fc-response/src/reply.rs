//! The reply to an operation on tasks.

use bytes::Bytes;

use crate::json_object::{JsonObject, NotAnObject};
use crate::typed_fields::FieldError;
use crate::{Failure, ResponseError, ResponseErrorKind, ServiceError};

/// The reply to an operation: its output, or a refusal. Both contain the complete response.
#[must_use = "the reply may be a refusal: match it, or call `into_result`"]
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must handle both")]
pub enum Reply<T> {
    /// The output.
    Output(T),
    /// The service or a proxy rejected the request.
    Rejected(ServiceError),
}

impl<T> Reply<T> {
    /// Converts the reply into a `Result`, so that `?` returns a refusal to the caller.
    ///
    /// # Errors
    /// [`Failure`] if the request was rejected.
    pub fn into_result(self) -> Result<T, Failure> {
        match self {
            Self::Output(output) => Ok(output),
            Self::Rejected(error) => Err(error.into()),
        }
    }
}

impl Reply<http::Response<Bytes>> {
    /// Sorts a response by its status: 200 to 299 is a success, 300 to 599 a refusal.
    ///
    /// # Errors
    /// [`UnexpectedStatus`](ResponseErrorKind::UnexpectedStatus) for any other status.
    pub fn from_response(response: http::Response<Bytes>) -> Result<Self, ResponseError> {
        match response.status().as_u16() {
            200..=299 => Ok(Self::Output(response)),
            300..=599 => Ok(Self::Rejected(ServiceError::new(response))),
            _ => {
                let error = ResponseError::new(ResponseErrorKind::UnexpectedStatus, response);
                Err(error.detail("200 to 599"))
            }
        }
    }
}

/// Sorts a response by its status, and reads the JSON document of a success.
pub(crate) fn of_document<T>(
    response: http::Response<Bytes>,
    read: fn(JsonObject) -> Result<T, FieldError>,
) -> Result<Reply<(http::Response<Bytes>, T)>, ResponseError> {
    let response = match Reply::from_response(response)? {
        Reply::Output(response) => response,
        Reply::Rejected(error) => return Ok(Reply::Rejected(error)),
    };
    let document = match JsonObject::parse_any_size(response.body()) {
        Ok(object) => read(object).map_err(|error| error.message()),
        Err(NotAnObject::Empty) => Err("the body is empty; expected a JSON object".to_owned()),
        Err(NotAnObject::NotJson(error)) => Err(format!("the body is not JSON: {error}")),
        Err(NotAnObject::OtherValue) => {
            Err("the body is not an object; expected a JSON object".to_owned())
        }
    };
    match document {
        Ok(document) => Ok(Reply::Output((response, document))),
        Err(reason) => {
            Err(ResponseError::new(ResponseErrorKind::InvalidBody, response).detail(reason))
        }
    }
}
