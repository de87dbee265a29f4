//! The adapter of ali-acs: revision 2023-03-30, signed by `ACS3-HMAC-SHA256`. It reads and writes one JSON object per line.

mod call;
mod loopback;
mod outcome;
mod relay;
mod request;
mod sdk;
mod tasks;

use std::io::{self, BufRead as _, Write as _};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::{Call, ParseInput, REVISION, SCHEME, TaskCall};

const CAPABILITIES: [&str; 9] = [
    "sign.acs3",
    "build",
    "parse",
    "invoke",
    "invoke.async",
    "invoke.stateful",
    "invoke.qualifier",
    "clock.own",
    "tasks",
];

/// No public function signs a request. A result is the payload and nothing else; an error is a code and a message.
const LACKS: [&str; 7] = [
    "sign.requests",
    "outcome.status",
    "outcome.request-id",
    "outcome.task-id",
    "build.headers",
    "parse.error-code-bodies",
    "parse.lower-camel-bodies",
];

/// Why a command has no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The SDK does not offer a part of the protocol.
    Unsupported(&'static str),
    /// The SDK refused the input before it sent anything.
    Refused,
    /// The adapter itself failed.
    Internal(String),
}

#[derive(Deserialize)]
struct Question {
    seq: Value,
    cmd: String,
    #[serde(default, rename = "in")]
    input: Value,
}

fn main() -> io::Result<()> {
    let mut replies = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let question: Question = serde_json::from_str(&line?)?;
        if question.cmd == "bye" {
            break;
        }
        let mut reply = match perform(&question.cmd, question.input) {
            Ok(result) => json!({ "ok": result }),
            Err(Failure::Unsupported(part)) => json!({ "unsupported": { "cap": part } }),
            // The text of an error of the SDK may contain a credential.
            Err(Failure::Refused) => {
                json!({ "err": { "class": "input", "message": "ali_acs::Error" } })
            }
            Err(Failure::Internal(message)) => {
                json!({ "err": { "class": "internal", "message": message } })
            }
        };
        reply["seq"] = question.seq;
        writeln!(replies, "{reply}")?;
        replies.flush()?;
    }
    Ok(())
}

fn perform(command: &str, input: Value) -> Result<Value, Failure> {
    match command {
        "hello" => Ok(hello()),
        "build" => sdk::build(&Call::of(input)?),
        "parse" => sdk::parse(ParseInput::of(input)?),
        "invoke" => sdk::invoke(&Call::of(input)?),
        "task" => tasks::perform(&TaskCall::of(input)?),
        "sign" => Err(Failure::Unsupported("sign.requests")),
        _ => Err(Failure::Unsupported(
            "commands other than build, parse, invoke and task",
        )),
    }
}

fn hello() -> Value {
    json!({
        "p": 1,
        "sdk": { "name": "ali-acs", "version": version(), "language": "rust" },
        "caps": CAPABILITIES,
        "lacks": LACKS,
        "revisions": [REVISION],
        "parallel": 1,
    })
}

/// The version of the SDK in the lock file that built this program.
fn version() -> Option<&'static str> {
    let (_, package) =
        include_str!("../Cargo.lock").split_once("name = \"ali-acs\"\nversion = \"")?;
    package.split('"').next()
}

pub(crate) fn internal(error: impl ToString) -> Failure {
    Failure::Internal(error.to_string())
}

/// Refuses what another scheme or revision needs.
pub(crate) fn check_revision(revision: &str, scheme: &str) -> Result<(), Failure> {
    if revision == REVISION && scheme == SCHEME {
        return Ok(());
    }
    Err(Failure::Unsupported("another revision or scheme"))
}
