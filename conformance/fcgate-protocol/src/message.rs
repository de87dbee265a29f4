//! The envelope of JSON lines: one request, one response.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Refusal, Reply, VERSION};

/// One line from the gate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// The protocol version.
    pub p: u32,
    /// Opaque; echoed in the response.
    pub seq: String,
    /// The command.
    pub cmd: String,
    /// Its input, read by the command.
    #[serde(rename = "in")]
    pub input: Box<RawValue>,
}

impl Request {
    /// A request of protocol 1.
    ///
    /// # Errors
    ///
    /// When the input cannot be written as JSON.
    pub fn new(
        seq: impl Into<String>,
        cmd: impl Into<String>,
        input: &impl Serialize,
    ) -> Result<Self, serde_json::Error> {
        let input = serde_json::value::to_raw_value(input)?;
        Ok(Self {
            p: VERSION,
            seq: seq.into(),
            cmd: cmd.into(),
            input,
        })
    }
}

/// One line from the implementation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Response {
    /// The `seq` of the request.
    pub seq: String,
    /// Exactly one of `ok`, `err` and `unsupported`.
    #[serde(flatten)]
    pub answer: Answer,
}

/// The answer in a response, its `ok` not yet read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the protocol knows exactly these three answers"
)]
pub enum Answer {
    /// Done, with the command's output.
    Ok(Value),
    /// Refused or failed.
    Err(Refusal),
    /// Not implemented.
    Unsupported {
        /// The name of what is not implemented.
        cap: String,
    },
}

impl Answer {
    /// The answer of an in-process implementation.
    pub fn from_reply<T: Serialize>(reply: Reply<T>) -> Self {
        let json = reply.map(|value| serde_json::to_value(value));
        match json {
            Reply::Ok(Ok(value)) => Self::Ok(value),
            Reply::Ok(Err(error)) => Self::from_reply(Reply::<()>::internal(error.to_string())),
            Reply::Err(refusal) => Self::Err(refusal),
            Reply::Unsupported(cap) => Self::Unsupported { cap },
        }
    }
}
