//! What an invoke case gives: the command's input, and what the endpoint answers.

use serde::{Deserialize, Serialize};

use fcgate_protocol::{Credentials, Invocation, InvokeInput, Retry, Scheme};

use super::Answer;

/// What is given to `invoke`; the runner adds the endpoint and keeps the answers for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "InvokeGivenObject", into = "InvokeGivenObject")]
pub struct InvokeGiven {
    /// The API revision.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// Whose request it is.
    pub credentials: Credentials,
    /// How long the whole exchange may take.
    pub timeout_ms: u64,
    /// The retry policy.
    pub retry: Option<Retry>,
    /// The invocation; the function name is replaced by a token.
    pub input: Invocation,
    /// What the endpoint answers to the first request, to the second, ...: the last holds for all that follow.
    pub answers: Vec<Answer>,
}

impl InvokeGiven {
    /// The command's input: at this endpoint, for this function name.
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
                ..self.input.clone()
            },
        }
    }
}

/// As it is written: `answer` where one answer is for all requests, else `answers`.
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
            (None, Some(_)) => return Err("one answer for all requests is written as `answer`"),
            (None, None) => return Err("missing field `answer`"),
            (Some(_), Some(_)) => return Err("either `answer` or `answers`"),
        };
        Ok(Self {
            revision: object.revision,
            scheme: object.scheme,
            credentials: object.credentials,
            timeout_ms: object.timeout_ms,
            retry: object.retry,
            input: object.input,
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
            answers: answer.is_none().then_some(answers),
            answer,
        }
    }
}
