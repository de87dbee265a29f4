//! The body of an error response, in each of its formats.

use crate::json_object::JsonObject;

const CODE_KEYS: &[&str] = &["ErrorCode", "errorCode", "Code", "code"];
const MESSAGE_KEYS: &[&str] = &["ErrorMessage", "errorMessage", "Message", "message"];
const REQUEST_ID_KEYS: &[&str] = &["RequestId", "RequestID", "requestId"];

/// The fields of an error body; a missing field is `None`.
///
/// The service uses three formats: `ErrorCode` and `ErrorMessage` (all captures), `errorCode` and
/// `errorMessage` (the manual), `Code`, `Message` and `RequestId` (the gateway, and FC 3.0). The body
/// of a 502 can be a function's error document, which has a message but no code. Load balancers send
/// HTML or an empty body.
#[derive(Clone, Default)]
pub(crate) struct ErrorBody {
    pub(crate) code: Option<Box<str>>,
    pub(crate) message: Option<Box<str>>,
    pub(crate) request_id: Option<Box<str>>,
}

impl ErrorBody {
    /// Parses a body; one in another format has no fields.
    pub(crate) fn parse(body: &[u8]) -> Self {
        JsonObject::parse(body).map_or_else(Self::default, |object| Self {
            code: object.string(CODE_KEYS).map(Into::into),
            message: object.string(MESSAGE_KEYS).map(Into::into),
            request_id: object.string(REQUEST_ID_KEYS).map(Into::into),
        })
    }

    /// Whether the body says nothing.
    pub(crate) fn is_unreadable(&self) -> bool {
        self.code.is_none() && self.message.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(body: &str) -> String {
        let ErrorBody {
            code,
            message,
            request_id,
        } = ErrorBody::parse(body.as_bytes());
        [code, message, request_id]
            .map(|field| field.unwrap_or_else(|| "-".into()))
            .join(" ")
    }

    #[test]
    fn the_three_formats_are_parsed() {
        assert_eq!(fields(r#"{"ErrorCode":"c","ErrorMessage":"m"}"#), "c m -");
        assert_eq!(fields(r#"{"errorCode":"c","errorMessage":"m"}"#), "c m -");
        let gateway = r#"{"Code":"c","Message":"m","RequestId":"r","HostId":"h"}"#;
        assert_eq!(fields(gateway), "c m r");
        assert_eq!(fields(r#"{"RequestID":"r"}"#), "- - r");
    }

    #[test]
    fn the_error_document_of_a_function_has_a_message_and_no_code() {
        assert_eq!(
            fields(r#"{"errorMessage":"exited","errorType":"x"}"#),
            "- exited -"
        );
    }

    #[test]
    fn a_body_in_another_format_has_no_fields() {
        for body in [
            "",
            "<html>502</html>",
            "[]",
            r#"{"ErrorCode":5,"ErrorMessage":{"a":1}}"#,
        ] {
            assert_eq!(fields(body), "- - -", "{body}");
        }
    }
}
