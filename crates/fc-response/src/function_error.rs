//! A function that failed.

use std::fmt;

use bytes::Bytes;
use fc_headers::{ErrorType, Header};

use crate::held_response::held_response;
use crate::message::{MESSAGE_LIMIT, Shown, write_request_id};
use crate::{FunctionErrorDocument, Metadata};

/// The function ran, or should have, and failed: the response carries an error type.
///
/// The status is 200 for nearly all of them, 502 where an HTTP trigger stood between. The message
/// of the error shows the error type (64 characters), the document's message (256) and the request
/// id (128), escaped, with anything shaped like a signature masked.
///
/// ```
/// use bytes::Bytes;
/// use fc_headers::ErrorType;
/// use fc_response::Outcome;
///
/// let response = http::Response::builder()
///     .header("X-Fc-Error-Type", "HandledInvocationError")
///     .body(Bytes::from_static(br#"{"errorMessage":"This is a handled error"}"#))?;
/// let Outcome::FunctionFailed(error) = Outcome::from_response(response)? else { panic!() };
/// assert_eq!(error.error_type(), ErrorType::Handled);
/// assert_eq!(
///     error.to_string(),
///     "function failed: HandledInvocationError: This is a handled error"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct FunctionError {
    response: http::Response<Bytes>,
}

impl FunctionError {
    /// Of a response with an error type; the caller has looked.
    pub(crate) const fn new(response: http::Response<Bytes>) -> Self {
        Self { response }
    }

    /// How it failed. A header that was sent several times is [`ErrorType::Other`] with the first
    /// value.
    pub fn error_type(&self) -> ErrorType<'_> {
        // Unhandled is what the manual calls everything that nobody reported.
        ErrorType::from_map(self.headers())
            .ok()
            .flatten()
            .unwrap_or(ErrorType::Unhandled)
    }

    /// The request id of the header.
    pub fn request_id(&self) -> Option<&str> {
        Metadata::new(self.headers())
            .request_id()
            .map(|id| id.as_str())
    }

    /// The payload as the document that runtimes report failures with, parsed at each call. `None`
    /// where it is something else or larger than 64 KiB.
    pub fn document(&self) -> Option<FunctionErrorDocument> {
        FunctionErrorDocument::from_payload(self.payload())
    }
}

held_response!(
    FunctionError,
    payload,
    "What the function or the platform reported, byte for byte."
);

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function failed: {}", self.error_type())?;
        let document = self.document();
        if let Some(message) = document
            .as_ref()
            .and_then(FunctionErrorDocument::error_message)
        {
            write!(f, ": {}", Shown(message, MESSAGE_LIMIT))?;
        }
        write_request_id(self.request_id(), f)
    }
}

impl std::error::Error for FunctionError {}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn error(error_type: &[u8], payload: &'static str) -> FunctionError {
        let mut response = http::Response::new(Bytes::from_static(payload.as_bytes()));
        let value = HeaderValue::from_bytes(error_type).unwrap();
        response.headers_mut().insert(ErrorType::NAME, value);
        FunctionError::new(response)
    }

    #[test]
    fn the_message_escapes_what_the_function_wrote() {
        let mut error = error(
            b"\xff\x80",
            r#"{"errorMessage":"\u001b]52;c;ZXZpbA==\u0007"}"#,
        );
        error
            .response
            .headers_mut()
            .insert("x-fc-request-id", HeaderValue::from_static("r-1"));
        insta::assert_snapshot!(
            error,
            @r"function failed: \xff\x80: \u{1b}]52;c;ZXZpbA==\u{7} (request id r-1)"
        );
    }

    #[test]
    fn a_payload_that_is_no_document_is_left_out_of_the_message() {
        let error = error(b"UnhandledInvocationError", "plain text");
        assert_eq!(
            error.to_string(),
            "function failed: UnhandledInvocationError"
        );
        assert_eq!(error.document(), None);
        assert_eq!(error.payload(), "plain text");
    }
}
