//! The answers of the endpoint to the requests of an `invoke` case.

use serde::{Deserialize, Serialize};

use fcgate_protocol::HeaderList;

/// A placeholder in a header value or a script. The runner replaces it with the address of a second listener,
/// `http://127.0.0.1:PORT`, which must not receive any request.
pub const OTHER_LISTENER: &str = "{elsewhere}";

/// A placeholder for the authority of the second listener, `127.0.0.1:PORT`, for locations in other forms.
pub const OTHER_AUTHORITY: &str = "{elsewhere-authority}";

/// The answer to one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AnswerObject", into = "AnswerObject")]
pub enum Answer {
    /// A complete response, framed by the HTTP server of the endpoint.
    Canned(CannedAnswer),
    /// The actions of the raw origin after it has received the request.
    Script(Vec<Act>),
}

impl Answer {
    /// Whether the answer names the second listener.
    pub fn names_elsewhere(&self) -> bool {
        let names = |text: &str| text.contains(OTHER_LISTENER) || text.contains(OTHER_AUTHORITY);
        match self {
            Self::Canned(canned) => canned.headers.iter().any(|(_, value)| names(value)),
            Self::Script(acts) => acts
                .iter()
                .any(|act| matches!(act, Act::Send(text) if names(text))),
        }
    }
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
    /// Creates an answer with a status, a body and no headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: HeaderList::new(),
            body: body.into(),
        }
    }

    /// Adds a header at the end.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push(name.to_owned(), value.to_owned());
        self
    }
}

/// One action of the raw origin. After the last action it closes the connection, as with [`Close`](Self::Close).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Sends a text.
    Send(String),
    /// Sends bytes.
    #[serde(rename = "send_b64", with = "fcgate_protocol::base64_bytes")]
    SendBytes(Vec<u8>),
    /// Sends a text several times.
    Repeat(Repeated),
    /// Sends a text again and again until the client closes the connection.
    Flood(String),
    /// Waits for this number of milliseconds.
    PauseMs(u64),
    /// Sends nothing more and leaves the connection open.
    Stall,
    /// Resets the connection.
    Reset,
    /// Closes the connection.
    Close,
    /// Does not listen, so the connection is refused. It must be the only act of the only answer.
    Refuse,
}

/// A text and how often it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// The text.
    pub text: String,
    /// The number of times.
    pub count: usize,
}

impl Repeated {
    /// The bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.text.repeat(self.count).into_bytes()
    }
}

/// Both forms as one object, so that unknown fields are detected.
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
            _ => Err(
                "expected an answer with either `status`, `headers` and `body_b64`, or `script`",
            ),
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
    fn both_forms_of_an_answer_round_trip() {
        for json in [
            r#"{"status":200,"headers":[["a","b"]],"body_b64":"b2s="}"#,
            r#"{"script":[{"send":"HTTP/1.1 "},{"send_b64":"/w=="},{"repeat":{"text":"a","count":3}},{"flood":"x"},{"pause_ms":300},"stall","reset","close","refuse"]}"#,
        ] {
            let answer: Answer = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&answer).unwrap(), json);
        }
    }

    #[test]
    fn an_answer_with_fields_of_both_forms_is_rejected() {
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
