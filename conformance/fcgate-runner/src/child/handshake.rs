//! The handshake after the start of an adapter: `hello`, and a command that does not exist.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use fcgate_protocol::{Hello, HelloInput, Reply, SUITE, VERSION};
use fcgate_text::visible;

use super::fault::{Fault, Kind};
use super::hello::{HelloReply, Version};
use super::launch_settings::Launch;
use super::process::Process;
use super::reply_fields::ReplyFields;
use super::reply_line::ReplyLine;
use super::request_outcome::NoReply;
use super::system::{NO_RESOURCES, NOT_STARTED};
use super::violation::Violation;

/// Sends `hello`, and a made-up command to which the adapter must reply with `unsupported`.
pub(super) fn handshake(process: &Process, launch: &Launch) -> Result<Hello, Fault> {
    let input = HelloInput {
        suite: SUITE.to_owned(),
        accepts: vec![VERSION],
    };
    let line = request(process, "hello", &input, launch.hello_timeout)?;
    let hello = parse_hello(&line)
        .and_then(|hello| {
            line.check_known(launch.is_strict, HelloReply::KNOWN)?;
            Ok(hello)
        })
        .map_err(|violation| process.quote_line(violation, line.text().as_bytes()))?;

    let random = RandomState::new().hash_one("probe");
    let command = format!("zq-{random:016x}");
    let nothing = serde_json::Map::new();
    let line = request(process, &command, &nothing, launch.timeout)?;
    if !line.is_unsupported() {
        let text = "expected unsupported as the reply to an unknown command";
        let violation = Violation::new(Kind::Dishonest, text);
        return Err(process.quote_line(violation, line.text().as_bytes()));
    }
    Ok(hello)
}

fn request(
    process: &Process,
    command: &str,
    input: &impl Serialize,
    limit: Duration,
) -> Result<ReplyLine, Fault> {
    let name = if command == "hello" {
        command
    } else {
        "an unknown command"
    };
    match process.request(command, input, limit, Vec::new()) {
        Ok(response) => Ok(response.line),
        Err(NoReply::Timeout | NoReply::Ambiguous) => {
            let text = format!("the adapter did not reply to {name} within {limit:?}");
            Err(Fault::new(Kind::HelloTimeout, text))
        }
        Err(NoReply::Exited(status)) => {
            let tail = process.stderr_tail().lines();
            if let (true, Some(reason)) = (status.is_not_started(), tail.strip_prefix(NO_RESOURCES))
            {
                return Err(Fault::shortage(&reason));
            }
            if let (true, Some(reason)) = (status.is_not_started(), tail.strip_prefix(NOT_STARTED))
            {
                let text = format!("cannot start the program: {reason}");
                return Err(Fault::new(Kind::Spawn, text));
            }
            let text = format!("the adapter {status} before it replied to {name}");
            Err(Fault::new(Kind::Exited, text))
        }
        Err(NoReply::Broken(fault)) => Err(fault),
        Err(NoReply::Stopped | NoReply::Terminated) => Err(Fault::new(
            Kind::Exited,
            "the gate stopped the adapter before the handshake was complete",
        )),
        Err(NoReply::NotSent(text)) => Err(Fault::new(Kind::Spawn, text)),
    }
}

fn parse_hello(line: &ReplyLine) -> Result<Hello, Violation> {
    parse_ok::<Version>(line)?.check()?;
    parse_ok::<HelloReply>(line)?.hello()
}

fn parse_ok<T: ReplyFields + DeserializeOwned>(line: &ReplyLine) -> Result<T, Violation> {
    let text = match line.reply() {
        Ok(Reply::Ok(value)) => return Ok(value),
        Ok(Reply::Err(refusal)) => format!(
            "hello: expected ok, found err: {}",
            visible::line(&refusal.message, 200)
        ),
        Ok(Reply::Unsupported(_)) => "hello: expected ok, found unsupported".to_owned(),
        Err(error) => format!("hello: {}", visible::line(&error, 200)),
    };
    Err(Violation::schema(text))
}
