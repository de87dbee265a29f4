//! The loop of an adapter: reads requests as JSON lines and writes the responses of an implementation.

use std::io::{self, BufRead, Read as _, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Answer, HelloInput, Implementation, Reply, Request, Response, VERSION, catch_panic};

/// The maximum length of a line, without its LF.
const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// Runs an implementation as an adapter: reads requests from `input` and writes responses to `output`.
///
/// Returns after the command `bye` or at the end of `input`. The response to a line that is not a request,
/// and to a request at which the implementation panics, is an error of class `internal`.
///
/// # Errors
///
/// When reading a line or writing a response fails.
pub fn serve_adapter(
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
                Err(error) => invalid_line(seq_of(&text), &error.to_string()),
            },
            Line::TooLong => invalid_line(String::new(), "longer than 16 MiB"),
        };
        serde_json::to_writer(&mut output, &response)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

fn answer(implementation: &dyn Implementation, request: &Request) -> Response {
    let result = if request.p == VERSION {
        catch_panic(|| dispatch(implementation, request))
    } else {
        Ok(failure(Reply::refused(format!(
            "protocol version {} is unknown, expected {VERSION}",
            request.p
        ))))
    };
    let answer = match result {
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
        "hello" => call_with_input(request, |input: &HelloInput| {
            if input.accepts.contains(&VERSION) {
                Reply::Ok(implementation.hello())
            } else {
                Reply::refused(format!("no common protocol version, expected {VERSION}"))
            }
        }),
        "sign" => call_with_input(request, |input| implementation.sign(input)),
        "build" => call_with_input(request, |input| implementation.build(input)),
        "parse" => call_with_input(request, |input| implementation.parse(input)),
        "invoke" => call_with_input(request, |input| implementation.invoke(input)),
        unknown => failure(Reply::unsupported(unknown)),
    }
}

fn call_with_input<I: DeserializeOwned, O: Serialize>(
    request: &Request,
    call: impl FnOnce(&I) -> Reply<O>,
) -> Answer {
    match serde_json::from_str(request.input.get()) {
        Ok(input) => Answer::from_reply(call(&input)),
        Err(error) => failure(Reply::refused(format!("invalid input: {error}"))),
    }
}

fn failure(reply: Reply<Value>) -> Answer {
    Answer::from_reply(reply)
}

fn invalid_line(seq: String, message: &str) -> Response {
    let message = format!("invalid request line: {message}");
    Response {
        seq,
        answer: failure(Reply::internal(message)),
    }
}

/// The `seq` of a line that is JSON but not a request.
fn seq_of(line: &[u8]) -> String {
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
