//! The loop of an adapter: reads requests as JSON lines and writes the responses of an implementation.

use std::io::{self, BufRead, Read as _, Write};
use std::sync::{Mutex, PoisonError, mpsc};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Answer, HelloInput, Implementation, Reply, Request, Response, VERSION, catch_panic};

/// The maximum length of a line, without its LF.
const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// An implementation that accepts more requests at the same time gets the others when a thread is free.
const MOST_THREADS: u32 = 64;

/// Runs an implementation as an adapter: reads requests from `input` and writes responses to `output`.
///
/// It answers as many requests at the same time as the `hello` of the implementation declares with `parallel`, but at
/// most 64; the responses to requests that overlap come in any order. Returns after the command `bye` or at the end of
/// `input`, when every response is written. The response to a line that is not a request, and to a request at which the
/// implementation panics, is an error of class `internal`.
///
/// # Errors
///
/// When reading a line or writing a response fails.
pub fn serve_adapter(
    implementation: &dyn Implementation,
    input: impl BufRead,
    output: impl Write + Send,
) -> io::Result<()> {
    let output = Mutex::new(output);
    let threads = implementation.hello().parallel.min(MOST_THREADS);
    if threads <= 1 {
        return for_each_line(input, |line| {
            write_response(&output, &response(implementation, &line))
        });
    }
    let (sender, lines) = mpsc::sync_channel::<Line>(0);
    let lines = Mutex::new(lines);
    std::thread::scope(|scope| {
        let work = || -> io::Result<()> {
            while let Some(line) = next(&lines) {
                write_response(&output, &response(implementation, &line))?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let read = for_each_line(input, |line| {
            // Without a worker no response can be written any more; the worker has the reason.
            let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
            sender.send(line).map_err(|_| gone())
        });
        drop(sender);
        let written = workers.into_iter().map(|worker| {
            let panicked = |_| io::Error::other("a thread of the adapter panicked");
            worker.join().map_err(panicked)?
        });
        written.fold(Ok(()), Result::and).and(read)
    })
}

/// Calls `process` for each line, until `bye` or the end of `input`. Empty lines are skipped.
fn for_each_line(
    mut input: impl BufRead,
    mut process: impl FnMut(Line) -> io::Result<()>,
) -> io::Result<()> {
    while let Some(line) = next_line(&mut input)? {
        match &line {
            Line::Text(text) if text.trim_ascii().is_empty() => {}
            Line::Text(text) if is_bye(text) => return Ok(()),
            _ => process(line)?,
        }
    }
    Ok(())
}

fn is_bye(line: &[u8]) -> bool {
    serde_json::from_slice::<Request>(line).is_ok_and(|request| request.cmd == "bye")
}

/// The next line for a worker; `None` after the last line.
fn next(lines: &Mutex<mpsc::Receiver<Line>>) -> Option<Line> {
    let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
    lines.recv().ok()
}

fn response(implementation: &dyn Implementation, line: &Line) -> Response {
    match line {
        Line::Text(text) => match serde_json::from_slice::<Request>(text) {
            Ok(request) => answer(implementation, &request),
            Err(error) => invalid_line(seq_of(text), &error.to_string()),
        },
        Line::TooLong => invalid_line(String::new(), "longer than 16 MiB"),
    }
}

fn write_response(output: &Mutex<impl Write>, response: &Response) -> io::Result<()> {
    let mut line = serde_json::to_vec(response)?;
    line.push(b'\n');
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    output.write_all(&line)?;
    output.flush()
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
        "trigger" => call_with_input(request, |input| implementation.trigger(input)),
        "task" => call_with_input(request, |input| implementation.task(input)),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::{self, Write};
    use std::sync::{Condvar, Mutex};
    use std::time::Duration;

    use serde_json::Value;

    use crate::{
        Hello, Implementation, Outcome, OutcomeKind, ParseInput, ParseOutput, Reply, serve_adapter,
    };

    const REQUESTS: u32 = 4;

    /// Waits in `parse` until as many requests as declared are in work.
    #[derive(Default)]
    struct Waiting {
        in_work: Mutex<u32>,
        arrived: Condvar,
    }

    impl Implementation for Waiting {
        fn hello(&self) -> Hello {
            Hello::new("waiting", "1", "rust").parallel(REQUESTS)
        }

        fn parse(&self, _: &ParseInput) -> Reply<ParseOutput> {
            let mut in_work = self.in_work.lock().unwrap();
            *in_work += 1;
            self.arrived.notify_all();
            let limit = Duration::from_secs(20);
            let (_in_work, waited) = self
                .arrived
                .wait_timeout_while(in_work, limit, |in_work| *in_work < REQUESTS)
                .unwrap();
            assert!(!waited.timed_out(), "the requests do not overlap");
            Reply::Ok(ParseOutput::new(Outcome::new(OutcomeKind::Completed)))
        }
    }

    fn lines() -> String {
        let line = |seq| {
            format!(
                r#"{{"p":1,"seq":"{seq}","cmd":"parse","in":{{"status":200,"headers":[],"body_b64":"","invocation_type":"Sync"}}}}"#
            ) + "\n"
        };
        (0..REQUESTS).map(line).collect()
    }

    #[test]
    fn as_many_requests_as_hello_declares_are_answered_at_the_same_time() {
        let mut output = Vec::new();
        serve_adapter(&Waiting::default(), lines().as_bytes(), &mut output).unwrap();
        let answers = output
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        let answers: Vec<Value> = answers
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect();
        let seqs: BTreeSet<&str> = answers
            .iter()
            .filter_map(|answer| answer["seq"].as_str())
            .collect();
        assert_eq!(seqs, BTreeSet::from(["0", "1", "2", "3"]));
        assert!(
            answers.iter().all(|answer| answer["ok"].is_object()),
            "{answers:?}"
        );
    }

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("closed"))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_response_that_cannot_be_written_is_the_error() {
        let error = serve_adapter(&Waiting::default(), lines().as_bytes(), Closed).unwrap_err();
        assert_eq!(error.to_string(), "closed");
    }
}
