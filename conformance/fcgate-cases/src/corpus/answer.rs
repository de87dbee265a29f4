//! What the endpoint answers to the requests of an invoke case.

use serde::{Deserialize, Serialize};

use fcgate_protocol::HeaderList;

/// Stands in a header value or in a script for `http://127.0.0.1:PORT/...`, the place of a listener at which
/// nothing must arrive.
pub const ELSEWHERE: &str = "{elsewhere}";

/// The answer to one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AnswerObject", into = "AnswerObject")]
pub enum Answer {
    /// A whole response that the endpoint frames by itself.
    Canned(CannedAnswer),
    /// What the raw origin does with the connection once the request is there.
    Script(Vec<Act>),
}

/// A response that the fake endpoint plays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannedAnswer {
    /// The status code.
    pub status: u16,
    /// The headers in wire order.
    pub headers: HeaderList,
    /// The body.
    #[serde(rename = "body_b64", with = "fcgate_protocol::base64_bytes")]
    pub body: Vec<u8>,
}

impl CannedAnswer {
    /// An answer with this status and body, and no headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: HeaderList::new(),
            body: body.into(),
        }
    }

    /// Adds a header behind those that there are.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push(name.to_owned(), value.to_owned());
        self
    }
}

/// One thing that the raw origin does; behind the last stands [`Close`](Self::Close).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Sends a text.
    Send(String),
    /// Sends bytes.
    #[serde(rename = "send_b64", with = "fcgate_protocol::base64_bytes")]
    SendBytes(Vec<u8>),
    /// Sends a text so many times.
    Repeat(Repeated),
    /// Sends a text without an end.
    Flood(String),
    /// Does nothing for that many milliseconds.
    PauseMs(u64),
    /// Sends nothing more and leaves the connection open.
    Stall,
    /// Resets the connection.
    Reset,
    /// Ends the connection.
    Close,
    /// Nobody listens at all: the only act of the only answer.
    Refuse,
}

/// A text and how often it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// The text.
    pub text: String,
    /// How often.
    pub count: usize,
}

/// Both forms as one object, so that a field that nobody reads is found.
#[derive(Serialize, Deserialize)]
struct AnswerObject {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    headers: Option<HeaderList>,
    #[serde(
        rename = "body_b64",
        default,
        skip_serializing_if = "Option::is_none",
        with = "fcgate_protocol::base64_bytes::optional"
    )]
    body: Option<Vec<u8>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    script: Option<Vec<Act>>,
}

impl TryFrom<AnswerObject> for Answer {
    type Error = &'static str;

    fn try_from(object: AnswerObject) -> Result<Self, Self::Error> {
        match object {
            AnswerObject {
                status: Some(status),
                headers: Some(headers),
                body: Some(body),
                script: None,
            } => Ok(Self::Canned(CannedAnswer {
                status,
                headers,
                body,
            })),
            AnswerObject {
                status: None,
                headers: None,
                body: None,
                script: Some(script),
            } => Ok(Self::Script(script)),
            _ => Err("an answer is either status, headers and body_b64, or a script"),
        }
    }
}

impl From<Answer> for AnswerObject {
    fn from(answer: Answer) -> Self {
        let nothing = Self {
            status: None,
            headers: None,
            body: None,
            script: None,
        };
        match answer {
            Answer::Canned(canned) => Self {
                status: Some(canned.status),
                headers: Some(canned.headers),
                body: Some(canned.body),
                ..nothing
            },
            Answer::Script(script) => Self {
                script: Some(script),
                ..nothing
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Answer};

    #[test]
    fn both_forms_are_read_and_written_alike() {
        for json in [
            r#"{"status":200,"headers":[["a","b"]],"body_b64":"b2s="}"#,
            r#"{"script":[{"send":"HTTP/1.1 "},{"send_b64":"/w=="},{"repeat":{"text":"a","count":3}},{"flood":"x"},{"pause_ms":300},"stall","reset","close","refuse"]}"#,
        ] {
            let answer: Answer = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&answer).unwrap(), json);
        }
    }

    #[test]
    fn a_mixture_of_both_forms_is_refused() {
        for json in [
            r#"{"status":200,"script":[]}"#,
            r#"{"status":200,"headers":[]}"#,
            "{}",
        ] {
            assert!(serde_json::from_str::<Answer>(json).is_err(), "{json}");
        }
        assert!(serde_json::from_str::<Act>(r#""exec""#).is_err());
    }
}
