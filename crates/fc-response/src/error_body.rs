//! The body of a refusal, in each of its shapes.

use crate::json_object::JsonObject;

const CODE_KEYS: &[&str] = &["ErrorCode", "errorCode", "Code", "code"];
const MESSAGE_KEYS: &[&str] = &["ErrorMessage", "errorMessage", "Message", "message"];
const REQUEST_ID_KEYS: &[&str] = &["RequestId", "RequestID", "requestId"];

/// The fields of an error body, as far as it has them.
///
/// The service has three shapes: `ErrorCode` and `ErrorMessage` (all captures), `errorCode` and
/// `errorMessage` (the manual), `Code`, `Message` and `RequestId` (the gateway, and FC 3.0). Under
/// a function's 502 the body is the function's own document, of which the message is read. Load
/// balancers send HTML or nothing.
#[derive(Clone, Default)]
pub(crate) struct ErrorBody {
    pub(crate) code: Option<Box<str>>,
    pub(crate) message: Option<Box<str>>,
    pub(crate) request_id: Option<Box<str>>,
}

impl ErrorBody {
    /// Reads what there is; a body that cannot be read has no fields.
    pub(crate) fn read(body: &[u8]) -> Self {
        JsonObject::read(body).map_or_else(Self::default, |object| Self {
            code: object.string(CODE_KEYS).map(Into::into),
            message: object.string(MESSAGE_KEYS).map(Into::into),
            request_id: object.string(REQUEST_ID_KEYS).map(Into::into),
        })
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
        } = ErrorBody::read(body.as_bytes());
        [code, message, request_id]
            .map(|field| field.unwrap_or_else(|| "-".into()))
            .join(" ")
    }

    #[test]
    fn the_three_shapes_are_read() {
        assert_eq!(fields(r#"{"ErrorCode":"c","ErrorMessage":"m"}"#), "c m -");
        assert_eq!(fields(r#"{"errorCode":"c","errorMessage":"m"}"#), "c m -");
        let gateway = r#"{"Code":"c","Message":"m","RequestId":"r","HostId":"h"}"#;
        assert_eq!(fields(gateway), "c m r");
        assert_eq!(fields(r#"{"RequestID":"r"}"#), "- - r");
    }

    #[test]
    fn a_functions_document_gives_its_message() {
        assert_eq!(
            fields(r#"{"errorMessage":"exited","errorType":"x"}"#),
            "- exited -"
        );
    }

    #[test]
    fn anything_else_has_no_fields() {
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
