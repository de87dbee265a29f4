//! The `given` object of an `invoke` case: the input of the command and the answers of the endpoint.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use fcgate_protocol::{Credentials, Invocation, InvokeInput, Retry, Scheme, Session};

use super::answer::{Answer, Repeated};

/// The input of an `invoke` case without the endpoint, and the answers that the endpoint plays.
///
/// The runner adds the address of the endpoint. The subject never receives the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "InvokeGivenObject", into = "InvokeGivenObject")]
pub struct InvokeGiven {
    /// The API revision.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// The credentials that sign the request.
    pub credentials: Credentials,
    /// The time limit of the whole exchange in milliseconds.
    pub timeout_ms: u64,
    /// The retry policy.
    pub retry: Option<Retry>,
    /// The invocation. The runner replaces the function name with a token.
    pub input: Invocation,
    /// A payload that is too long for the file.
    pub payload_repeat: Option<Box<Repeated>>,
    /// The answer to an earlier invocation, which the client makes with the same input but without a session id.
    pub earlier_answer: Option<Box<Answer>>,
    /// The answers to the first request, the second request and so on. The last answer is repeated.
    pub answers: Vec<Answer>,
}

impl InvokeGiven {
    /// Returns the payload of the invocation; empty without one.
    pub fn payload(&self) -> Cow<'_, [u8]> {
        match (&self.payload_repeat, &self.input.payload) {
            (Some(repeated), _) => Cow::Owned(repeated.bytes()),
            (None, Some(payload)) => Cow::Borrowed(payload),
            (None, None) => Cow::Borrowed(&[]),
        }
    }

    /// Returns the earlier invocation, if the case has one.
    pub fn earlier(&self) -> Option<Self> {
        let answer = self.earlier_answer.as_deref()?;
        let mut earlier = Self {
            retry: None,
            earlier_answer: None,
            answers: vec![answer.clone()],
            ..self.clone()
        };
        if let Some(Session::Header { id, .. } | Session::Cookie { id }) =
            earlier.input.session.as_deref_mut()
        {
            *id = None;
        }
        Some(earlier)
    }

    /// Returns the input of the command for an endpoint and a function name.
    pub fn input(&self, endpoint: &str, function: &str) -> InvokeInput {
        InvokeInput {
            revision: self.revision.clone(),
            scheme: self.scheme,
            endpoint: endpoint.to_owned(),
            credentials: self.credentials.clone(),
            timeout_ms: self.timeout_ms,
            retry: self.retry,
            input: Invocation {
                function: function.to_owned(),
                payload: match &self.payload_repeat {
                    Some(repeated) => Some(repeated.bytes()),
                    None => self.input.payload.clone(),
                },
                ..self.input.clone()
            },
        }
    }
}

/// The JSON object: `answer` for a single answer, else `answers`.
#[derive(Serialize, Deserialize)]
struct InvokeGivenObject {
    revision: String,
    scheme: Scheme,
    credentials: Credentials,
    timeout_ms: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry: Option<Retry>,
    input: Invocation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payload_repeat: Option<Box<Repeated>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    earlier_answer: Option<Box<Answer>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<Answer>>,
}

impl TryFrom<InvokeGivenObject> for InvokeGiven {
    type Error = &'static str;

    fn try_from(object: InvokeGivenObject) -> Result<Self, Self::Error> {
        let answers = match (object.answer, object.answers) {
            (Some(answer), None) => vec![answer],
            (None, Some(answers)) if answers.len() > 1 => answers,
            (None, Some(_)) => return Err("expected `answer` for a single answer, not `answers`"),
            (None, None) => return Err("missing field `answer`"),
            (Some(_), Some(_)) => return Err("expected either `answer` or `answers`, not both"),
        };
        if object.payload_repeat.is_some() && object.input.payload.is_some() {
            return Err("expected either `payload_b64` or `payload_repeat`, not both");
        }
        Ok(Self {
            revision: object.revision,
            scheme: object.scheme,
            credentials: object.credentials,
            timeout_ms: object.timeout_ms,
            retry: object.retry,
            input: object.input,
            payload_repeat: object.payload_repeat,
            earlier_answer: object.earlier_answer,
            answers,
        })
    }
}

impl From<InvokeGiven> for InvokeGivenObject {
    fn from(given: InvokeGiven) -> Self {
        let mut answers = given.answers;
        let answer = if answers.len() == 1 {
            answers.pop()
        } else {
            None
        };
        Self {
            revision: given.revision,
            scheme: given.scheme,
            credentials: given.credentials,
            timeout_ms: given.timeout_ms,
            retry: given.retry,
            input: given.input,
            payload_repeat: given.payload_repeat,
            earlier_answer: given.earlier_answer,
            answers: answer.is_none().then_some(answers),
            answer,
        }
    }
}
