//! The error document of a failed function.

use std::fmt;

use fc_headers::Quoted;

use crate::StackTrace;
use crate::json_object::JsonObject;
use crate::message_text::{CODE_LIMIT, MESSAGE_LIMIT};

/// The JSON object that describes the failure of a function.
///
/// The platform sends only `errorMessage` (timeout, exited process). A runtime adds `errorType` (the
/// class of the exception) and `stackTrace`. A custom runtime can send another format. Keys are
/// matched exactly first, then without case. Source: the error-handling pages of each runtime;
/// published captures.
///
/// ```
/// use fc_response::FunctionErrorDocument;
///
/// let payload = br#"{"errorMessage": "something is wrong", "errorType": "Exception",
///     "stackTrace": [["File \"/code/index.py\"", "line 2", "in my_handler"]]}"#;
/// let document = FunctionErrorDocument::from_payload(payload).unwrap();
/// assert_eq!(document.error_message(), Some("something is wrong"));
/// let trace = document.stack_trace().unwrap();
/// assert_eq!(trace.lines(), [r#"File "/code/index.py", line 2, in my_handler"#]);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FunctionErrorDocument {
    error_message: Option<String>,
    error_type: Option<String>,
    stack_trace: Option<StackTrace>,
}

impl FunctionErrorDocument {
    /// Parses a payload of at most 64 KiB; `None` unless it is a JSON object with one of the keys.
    pub fn from_payload(payload: &[u8]) -> Option<Self> {
        let object = JsonObject::parse(payload)?;
        let document = Self {
            error_message: object.string(&["errorMessage"]).map(str::to_owned),
            error_type: object.string(&["errorType"]).map(str::to_owned),
            stack_trace: object.value(&["stackTrace"]).map(StackTrace::new),
        };
        let Self {
            error_message,
            error_type,
            stack_trace,
        } = &document;
        let is_empty = error_message.is_none() && error_type.is_none() && stack_trace.is_none();
        (!is_empty).then_some(document)
    }

    /// The error message of the function or of the platform. Untrusted text.
    pub fn error_message(&self) -> Option<&str> {
        self.error_message.as_deref()
    }

    /// The class of the exception. This is not the error type of the header. Untrusted text.
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// The stack trace.
    pub const fn stack_trace(&self) -> Option<&StackTrace> {
        self.stack_trace.as_ref()
    }
}

impl fmt::Debug for FunctionErrorDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = |text| Quoted::new(text).limit(MESSAGE_LIMIT);
        let class = |text| Quoted::new(text).limit(CODE_LIMIT);
        f.debug_struct("FunctionErrorDocument")
            .field("error_message", &self.error_message().map(message))
            .field("error_type", &self.error_type().map(class))
            .field("stack_trace", &self.stack_trace)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_of_the_platform_has_only_a_message() {
        let payload = br#"{"errorMessage":"Function timed out after 3 seconds"}"#;
        let document = FunctionErrorDocument::from_payload(payload).unwrap();
        assert_eq!(
            document.error_message(),
            Some("Function timed out after 3 seconds")
        );
        assert_eq!(
            (document.error_type(), document.stack_trace()),
            (None, None)
        );
    }

    #[test]
    fn a_payload_without_the_keys_or_larger_than_64_kib_is_not_a_document() {
        for payload in [
            "",
            "oops",
            "{}",
            "[]",
            r#"{"message":"x"}"#,
            r#"{"stackTrace":null}"#,
        ] {
            assert_eq!(
                FunctionErrorDocument::from_payload(payload.as_bytes()),
                None,
                "{payload}"
            );
        }
        let large = format!(r#"{{"errorMessage":"{}"}}"#, "x".repeat(64 * 1024));
        assert_eq!(FunctionErrorDocument::from_payload(large.as_bytes()), None);
    }

    #[test]
    fn keys_are_matched_without_case_and_values_of_another_type_ignored() {
        let payload = b"{\n    \"ErrorMessage\": \"x\",\n    \"errorType\": 5\n}";
        let document = FunctionErrorDocument::from_payload(payload).unwrap();
        assert_eq!(
            (document.error_message(), document.error_type()),
            (Some("x"), None)
        );
    }
}
