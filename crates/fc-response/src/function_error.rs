//! The outcome of a failed function.

use std::fmt;

use bytes::Bytes;
use fc_headers::{ErrorType, Header};

use crate::held_response::held_response;
use crate::message_text::{MESSAGE_LIMIT, MessageText, write_content_coding, write_request_id};
use crate::{FunctionErrorDocument, StackTrace};

/// A failure of the function: the response has an error type.
///
/// The status is usually 200, and 502 for an HTTP trigger. `Display` shows the error type (at most
/// 64 characters), the message of the error document (256) and the request id (128), escaped and
/// with signatures redacted.
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
    /// Wraps a response that has an error type.
    pub(crate) const fn new(response: http::Response<Bytes>) -> Self {
        Self { response }
    }

    /// The error type. A header with several values is [`ErrorType::Other`] with the first one.
    pub fn error_type(&self) -> ErrorType<'_> {
        // The fallback is never used, because the header is present.
        ErrorType::from_map(self.headers())
            .ok()
            .flatten()
            .unwrap_or(ErrorType::Unhandled)
    }

    /// The request id from the header.
    pub fn request_id(&self) -> Option<&str> {
        self.metadata().request_id()
    }

    /// Parses the payload as the error document of a runtime, at each call.
    ///
    /// `None` if the payload has another format or is larger than 64 KiB.
    pub fn document(&self) -> Option<FunctionErrorDocument> {
        FunctionErrorDocument::from_payload(self.payload())
    }

    /// The stack trace in the error document, parsed at each call.
    pub fn stack_trace(&self) -> Option<StackTrace> {
        self.document()?.stack_trace().cloned()
    }
}

held_response!(
    FunctionError,
    payload,
    "The error report of the function or of the platform, byte for byte."
);

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function failed: {}", self.error_type())?;
        let document = self.document();
        if let Some(message) = document
            .as_ref()
            .and_then(FunctionErrorDocument::error_message)
        {
            write!(f, ": {}", MessageText(message, MESSAGE_LIMIT))?;
        } else if document.is_none() {
            write_content_coding(self.metadata().content_coding(), f)?;
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
    fn display_escapes_the_error_type_and_the_message() {
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
    fn display_omits_a_payload_that_is_not_an_error_document() {
        let error = error(b"UnhandledInvocationError", "plain text");
        assert_eq!(
            error.to_string(),
            "function failed: UnhandledInvocationError"
        );
        assert_eq!(error.document(), None);
        assert_eq!(error.payload(), "plain text");
    }

    #[test]
    fn display_says_that_the_error_document_is_compressed() {
        let mut error = error(b"HandledInvocationError", "\x1f");
        let headers = error.response.headers_mut();
        headers.insert("content-encoding", HeaderValue::from_static("gzip"));
        assert_eq!(
            error.to_string(),
            "function failed: HandledInvocationError: the body is compressed (gzip), so that no code or message can be \
             read; send no Accept-Encoding"
        );
    }
}
