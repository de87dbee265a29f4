//! The JSON lines: one request, one response.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Refusal, Reply, VERSION};

/// A line that the gate sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// The protocol version.
    pub p: u32,
    /// The sequence id. The response repeats it unchanged.
    pub seq: String,
    /// The command.
    pub cmd: String,
    /// The input of the command, not yet parsed.
    #[serde(rename = "in")]
    pub input: Box<RawValue>,
}

impl Request {
    /// Creates a request of protocol 1.
    ///
    /// # Errors
    ///
    /// When the input cannot be serialized as JSON.
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

/// A line that the adapter sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Response {
    /// The `seq` of the request.
    pub seq: String,
    /// Exactly one of `ok`, `err` and `unsupported`.
    #[serde(flatten)]
    pub answer: Answer,
}

/// The answer in a response. The value of `ok` is not yet parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the protocol knows exactly these three answers"
)]
pub enum Answer {
    /// The output of the command.
    Ok(Value),
    /// The input was refused, or the implementation failed.
    Err(Refusal),
    /// The command or capability is not implemented.
    Unsupported {
        /// The name of the missing capability.
        cap: String,
    },
}

impl Answer {
    /// Converts the reply of an in-process implementation.
    ///
    /// An output that cannot be serialized becomes an `internal` error.
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
