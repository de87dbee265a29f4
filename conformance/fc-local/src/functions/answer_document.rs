//! One scripted answer as JSON: an element of a script, and of the answers that the control interface sets.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::call::Call;
use super::reply::{Ending, Reply};

/// The headers that decide how an answer is framed. The server writes them.
const OF_THE_SERVER: [&str; 3] = ["content-length", "transfer-encoding", "connection"];

/// The longest delay of an answer.
const LONGEST_DELAY: Duration = Duration::from_secs(600);

/// One answer of a script.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AnswerDocument {
    /// The result as text.
    body: Option<String>,
    /// The result as JSON.
    json: Option<Box<RawValue>>,
    /// The result as base64 with padding.
    base64: Option<String>,
    /// Whether the result is the payload of the call.
    echo: bool,
    /// The value of `X-Fc-Error-Type`: the function fails.
    error_type: Option<String>,
    /// The status of an error of the service: the function does not run.
    status: Option<u16>,
    /// The code of an error of the service.
    code: Option<String>,
    /// The message of either error.
    message: Option<String>,
    headers: Headers,
    /// What the function writes to its log.
    log: Option<String>,
    /// The time before the answer in milliseconds.
    delay_ms: u64,
    ending: EndingDocument,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum EndingDocument {
    #[default]
    Whole,
    Chunked,
    Cut,
    Stall,
    Close,
    Reset,
}

/// Headers in their order. A name that is there twice is an error.
#[derive(Debug, Clone, Default)]
struct Headers(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Headers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object: header names and their values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Headers, A::Error> {
                let mut headers: Vec<(String, String)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, String>()? {
                    let is_there =
                        |(other, _): &(String, String)| other.eq_ignore_ascii_case(&name);
                    if headers.iter().any(is_there) {
                        let shown = fcgate_text::visible::line(&name, 60);
                        let message = format!("the header '{shown}' is there twice");
                        return Err(serde::de::Error::custom(message));
                    }
                    headers.push((name, value));
                }
                Ok(Headers(headers))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

impl AnswerDocument {
    /// The reason why this is not an answer: the field, what was expected and what was found.
    pub(super) fn problem(&self) -> Option<String> {
        let results = [
            ("body", self.body.is_some()),
            ("json", self.json.is_some()),
            ("base64", self.base64.is_some()),
            ("echo", self.echo),
        ];
        let given: Vec<&str> = results
            .into_iter()
            .filter_map(|(field, is_given)| is_given.then_some(field))
            .collect();
        if let [first, second, ..] = given.as_slice() {
            return Some(format!(
                "{second}: the answer has the result {first} already; expected one of body, json, base64, echo"
            ));
        }
        if let Some(text) = &self.base64
            && let Err(error) = STANDARD.decode(text)
        {
            return Some(format!("base64: expected base64 with padding: {error}"));
        }
        if let Some(problem) = self.problem_of_error(given.first()) {
            return Some(problem);
        }
        if Duration::from_millis(self.delay_ms) > LONGEST_DELAY {
            let most = LONGEST_DELAY.as_millis();
            return Some(format!(
                "delay_ms: expected at most {most}, found {}",
                self.delay_ms
            ));
        }
        self.headers.0.iter().find_map(problem_of_header)
    }

    fn problem_of_error(&self, result: Option<&&str>) -> Option<String> {
        let error_type = self.error_type.as_deref();
        if let Some(wrong) = error_type.filter(|value| !is_error_type(value)) {
            let shown = fcgate_text::visible::line(wrong, 60);
            return Some(format!(
                "error_type: expected visible ASCII characters without spaces, found '{shown}'"
            ));
        }
        let Some(status) = self.status else {
            if self.code.is_some() {
                return Some(
                    "code: an error of the service has a status too, e.g. \"status\": 429"
                        .to_owned(),
                );
            }
            if self.message.is_some() && self.error_type.is_none() {
                return Some(
                    "message: expected error_type (the function fails) or status and code (the service refuses the call) \
                     beside it"
                        .to_owned(),
                );
            }
            if let (Some(_), Some(result)) = (&self.message, result) {
                return Some(format!(
                    "message: the answer has the result {result} already"
                ));
            }
            return None;
        };
        if !(400..=599).contains(&status) {
            return Some(format!(
                "status: expected the status of an error of the service, 400 to 599, found {status}; an answer of the \
                 function has status 200 and no status here"
            ));
        }
        let code = self.code.as_deref().unwrap_or_default();
        if code.is_empty() {
            return Some(format!(
                "code: an error of the service has a code, e.g. \"status\": {status}, \"code\": \"ResourceExhausted\""
            ));
        }
        let others = [
            ("error_type", self.error_type.is_some()),
            ("log", self.log.is_some()),
        ];
        let other = others
            .into_iter()
            .find_map(|(field, is_given)| is_given.then_some(field));
        let other = other.or(result.copied())?;
        Some(format!(
            "{other}: with a status the function does not run, so that it has no {other}"
        ))
    }

    /// The reply to a call.
    pub(crate) fn reply(&self, call: &Call) -> Reply {
        let body = self.result(call);
        let message = self.message.clone().unwrap_or_default();
        let reply = match (self.status, &self.error_type) {
            (Some(status), _) => {
                Reply::service_error(status, self.code.clone().unwrap_or_default(), message)
            }
            (None, Some(error_type)) => match body {
                Some(body) => Reply::function_error_body(error_type, body),
                None => Reply::function_error(error_type, &message),
            },
            (None, None) => Reply::success(body.unwrap_or_default()),
        };
        let is_json = self.json.is_some();
        let reply = if is_json {
            reply.header("Content-Type", "application/json")
        } else {
            reply
        };
        let reply = self
            .headers
            .0
            .iter()
            .fold(reply, |reply, (name, value)| reply.header(name, value));
        reply
            .log(self.log.clone().unwrap_or_default())
            .delay(Duration::from_millis(self.delay_ms))
            .ending(match self.ending {
                EndingDocument::Whole => Ending::Whole,
                EndingDocument::Chunked => Ending::Chunked,
                EndingDocument::Cut => Ending::Cut,
                EndingDocument::Stall => Ending::Stall,
                EndingDocument::Close => Ending::Close,
                EndingDocument::Reset => Ending::Reset,
            })
    }

    fn result(&self, call: &Call) -> Option<Vec<u8>> {
        if self.echo {
            return Some(call.payload.clone());
        }
        let text = self.body.as_ref().map(|text| text.clone().into_bytes());
        let json = self
            .json
            .as_ref()
            .map(|json| json.get().as_bytes().to_vec());
        // It was decoded before, when the answer was checked.
        let decoded = self
            .base64
            .as_ref()
            .map(|text| STANDARD.decode(text).unwrap_or_default());
        text.or(json).or(decoded)
    }
}

/// Whether a text can be the value of `X-Fc-Error-Type`.
fn is_error_type(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn problem_of_header((name, value): &(String, String)) -> Option<String> {
    let shown = fcgate_text::visible::line(name, 60);
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Some(format!("headers: '{shown}' is not a header name"));
    }
    if OF_THE_SERVER
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other))
    {
        return Some(format!(
            "headers: the server writes {shown} itself; leave it out"
        ));
    }
    let is_text = |byte: u8| byte == b'\t' || (0x20..0x7f).contains(&byte);
    (!value.bytes().all(is_text))
        .then(|| format!("headers: the value of {shown} has a character that is not visible ASCII"))
}

/// The message of a reader of JSON without its place at the end, which may be that of a part of a file.
pub(super) fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}
