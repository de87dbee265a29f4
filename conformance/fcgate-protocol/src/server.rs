//! An in-process implementation as an adapter: adapter protocol 1 in JSON lines.

use std::io::{self, BufRead, Read as _, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Answer;
use crate::HelloInput;
use crate::Implementation;
use crate::Reply;
use crate::Request;
use crate::Response;
use crate::VERSION;
use crate::caught;

/// The longest line, its LF not counted.
const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// Answers every line of `input` until `bye` or the end.
///
/// A line that is no request is answered with an error of class `internal`; a panic too.
///
/// # Errors
///
/// When a line cannot be read or an answer cannot be written.
pub fn serve(
    implementation: &dyn Implementation,
    mut input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    while let Some(line) = next_line(&mut input)? {
        let response = match line {
            Line::Text(text) if text.trim_ascii().is_empty() => continue,
            Line::Text(text) => match serde_json::from_slice::<Request>(&text) {
                Ok(request) if request.cmd == "bye" => return Ok(()),
                Ok(request) => answer(implementation, &request),
                Err(error) => no_request(seq(&text), &error.to_string()),
            },
            Line::TooLong => no_request(String::new(), "the line is longer than 16 MiB"),
        };
        serde_json::to_writer(&mut output, &response)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

fn answer(implementation: &dyn Implementation, request: &Request) -> Response {
    let answered = if request.p == VERSION {
        caught(|| dispatch(implementation, request))
    } else {
        Ok(failure(Reply::refused(format!(
            "protocol {} is unknown",
            request.p
        ))))
    };
    let answer = match answered {
        Ok(answer) => answer,
        Err(message) => failure(Reply::internal(format!("panic: {message}"))),
    };
    Response {
        seq: request.seq.clone(),
        answer,
    }
}

fn dispatch(implementation: &dyn Implementation, request: &Request) -> Answer {
    match request.cmd.as_str() {
        "hello" => typed(request, |input: &HelloInput| {
            if input.accepts.contains(&VERSION) {
                Reply::Ok(implementation.hello())
            } else {
                Reply::refused("no common protocol version")
            }
        }),
        "sign" => typed(request, |input| implementation.sign(input)),
        "build" => typed(request, |input| implementation.build(input)),
        "parse" => typed(request, |input| implementation.parse(input)),
        "invoke" => typed(request, |input| implementation.invoke(input)),
        unknown => failure(Reply::unsupported(unknown)),
    }
}

fn typed<I: DeserializeOwned, O: Serialize>(
    request: &Request,
    call: impl FnOnce(&I) -> Reply<O>,
) -> Answer {
    match serde_json::from_str(request.input.get()) {
        Ok(input) => Answer::from_reply(call(&input)),
        Err(error) => failure(Reply::refused(format!("the input cannot be read: {error}"))),
    }
}

fn failure(reply: Reply<Value>) -> Answer {
    Answer::from_reply(reply)
}

fn no_request(seq: String, message: &str) -> Response {
    let message = format!("the line is no request: {message}");
    Response {
        seq,
        answer: failure(Reply::internal(message)),
    }
}

/// The `seq` of a line that is JSON but no request.
fn seq(line: &[u8]) -> String {
    let value: Option<Value> = serde_json::from_slice(line).ok();
    let seq = value
        .as_ref()
        .and_then(|value| value.get("seq"))
        .and_then(Value::as_str);
    seq.unwrap_or_default().to_owned()
}

enum Line {
    Text(Vec<u8>),
    TooLong,
}

fn next_line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let limit = LONGEST_LINE as u64 + 1;
    let mut line = Vec::new();
    if input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > LONGEST_LINE {
        input.skip_until(b'\n')?;
        return Ok(Some(Line::TooLong));
    }
    Ok(Some(Line::Text(line)))
}
