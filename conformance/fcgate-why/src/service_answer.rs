//! The response of the service in words: its code, its message, and what they mean.

use serde_json::Value;

use fcgate_text::redaction::redact_tokens;
use fcgate_text::visible;

use super::captured::CapturedResponse;
use super::error_codes::{OF_SIGNATURE, meaning};

/// What a response says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceAnswer {
    /// The status; 0 if only the body is known.
    pub status: u16,
    /// The error code.
    pub code: Option<String>,
    /// The error message, at most a few hundred characters, with tokens hidden.
    pub message: Option<String>,
    /// What the code means and what to do, in a sentence without its full stop.
    pub meaning: Option<String>,
}

/// The most characters of a message.
const MOST_SHOWN: usize = 300;

impl ServiceAnswer {
    pub(super) fn of(response: &CapturedResponse) -> Self {
        let (code, message) = code_and_message(&response.body);
        let failure = response
            .value("x-fc-error-type")
            .filter(|_| response.status < 400);
        let meaning = match (&code, failure) {
            (_, Some(_)) => {
                Some("the service accepted the request, and the function failed: look at its log")
            }
            (Some(code), None) => Some(
                meaning(code, message.as_deref().unwrap_or_default())
                    .unwrap_or("this code is not among the known ones"),
            ),
            (None, None) => of_status(response.status),
        };
        Self {
            status: response.status,
            code: code
                .or_else(|| failure.map(str::to_owned))
                .map(|code| visible::line(&code, 80)),
            message: message.map(|message| visible::line(&redact_tokens(&message), MOST_SHOWN)),
            meaning: meaning.map(str::to_owned),
        }
    }

    /// Whether something is wrong by this response.
    pub(super) fn is_failure(&self) -> bool {
        self.status >= 300 || self.code.is_some()
    }

    /// Whether the service refuses the signature.
    pub(super) fn refuses_signature(&self) -> bool {
        let code = self.code.as_deref().unwrap_or_default();
        OF_SIGNATURE
            .iter()
            .any(|one| one.eq_ignore_ascii_case(code))
    }
}

fn of_status(status: u16) -> Option<&'static str> {
    Some(match status {
        300..=399 => {
            "a redirect: a client that follows it sends the signature to another place, and often turns POST into GET; correct the address"
        }
        400 => "the request is malformed",
        401 | 403 => "the request is not allowed; the body, which says why, is not in the capture",
        404 => "the path or the function does not exist",
        407 => "a proxy wants a password: the request did not reach the service",
        413 => "a proxy found the body too large",
        429 => "too many requests: wait, and send again",
        499 => "the client closed the connection before the response",
        502 => "the function or a proxy failed",
        503 => "the service or a proxy is not available at the moment",
        504 => "the function or a proxy took too long",
        401..=499 => "the request was refused",
        500..=599 => "an error of the service or of a proxy",
        _ => return None,
    })
}

/// The error code and the message in a body, in any form in which the service or its gateway writes them.
fn code_and_message(body: &[u8]) -> (Option<String>, Option<String>) {
    const LARGEST: usize = 256 << 10;
    let body = body.get(..LARGEST).unwrap_or(body);
    let text = String::from_utf8_lossy(body);
    if let Ok(Value::Object(json)) = serde_json::from_str::<Value>(&text) {
        let find = |names: [&str; 3]| {
            let mut pairs = json.iter();
            let (_, value) =
                pairs.find(|(key, _)| names.iter().any(|name| key.eq_ignore_ascii_case(name)))?;
            match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            }
        };
        let code = find(["ErrorCode", "Code", "error_code"]);
        let message = find(["ErrorMessage", "Message", "error_message"]);
        return (code, message);
    }
    let element = |name: &str| {
        let (_, rest) = text.split_once(&format!("<{name}>"))?;
        let (value, _) = rest.split_once(&format!("</{name}>"))?;
        Some(value.to_owned())
    };
    (element("Code"), element("Message"))
}

#[cfg(test)]
mod tests {
    use super::{CapturedResponse, ServiceAnswer};

    fn of(status: u16, body: &str) -> ServiceAnswer {
        ServiceAnswer::of(&CapturedResponse {
            body: body.as_bytes().to_vec(),
            ..CapturedResponse::new(status)
        })
    }

    #[test]
    fn code_and_message_are_read_in_every_form() {
        for body in [
            r#"{"ErrorCode":"FunctionNotFound","ErrorMessage":"m"}"#,
            r#"{"errorCode":"FunctionNotFound","errorMessage":"m"}"#,
            r#"{"Code":"FunctionNotFound","Message":"m","RequestId":"r"}"#,
            "<Error><Code>FunctionNotFound</Code><Message>m</Message></Error>",
        ] {
            let answer = of(404, body);
            assert_eq!(answer.code.as_deref(), Some("FunctionNotFound"), "{body}");
            assert_eq!(answer.message.as_deref(), Some("m"), "{body}");
            assert!(answer.meaning.unwrap().contains("does not exist"), "{body}");
        }
    }

    #[test]
    fn a_response_without_a_code_is_explained_by_its_status() {
        assert!(of(301, "").meaning.unwrap().contains("redirect"));
        assert!(of(504, "<html>").meaning.unwrap().contains("too long"));
        assert!(!of(200, "ok").is_failure());
        assert_eq!(of(200, "ok").meaning, None);
        assert!(of(403, "").is_failure());
    }

    #[test]
    fn an_unknown_code_is_shown_and_said_to_be_unknown() {
        let answer = of(400, r#"{"Code":"Strange"}"#);
        assert_eq!(answer.code.as_deref(), Some("Strange"));
        assert!(answer.meaning.unwrap().contains("not among the known"));
    }
}
