//! The adapter side: correct except for one behavior.

use std::io::{self, BufRead as _, BufReader, Stdin, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use fcgate_protocol::serve_adapter;
use fcgate_reference::Reference;
use rustix::process::{Resource, Rlimit, setrlimit};
use serde_json::Value;

use crate::descendant;
use crate::kind::Behavior;
use crate::kinds;
use crate::timing;

/// The response status of the one case in which an adapter misbehaves.
const FAULTY_STATUS: i64 = 418;

/// The time limit of the plain invocations that the gate makes before the cases. No case has it.
const PLAIN_LIMIT_MS: i64 = 2000;

/// One request line of the gate.
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) value: Value,
    /// The number of the case in the life of the process, from 1; 0 for `hello`, the probe and the plain invocations
    /// before the cases.
    pub(crate) number: usize,
}

impl Request {
    pub(crate) fn seq(&self) -> &str {
        self.value["seq"].as_str().unwrap()
    }

    pub(crate) fn command(&self) -> &str {
        self.value["cmd"].as_str().unwrap()
    }

    /// Whether it is the one case in which adapters misbehave.
    pub(crate) fn is_faulty_case(&self) -> bool {
        self.value["in"]["status"] == FAULTY_STATUS
    }

    /// The reply with this result, such as `"ok":{}`.
    pub(crate) fn reply(&self, answer: &str) -> String {
        format!("{{\"seq\":\"{}\",{answer}}}", self.seq())
    }

    /// The reply of the reference, without the line feed.
    pub(crate) fn correct_reply(&self) -> String {
        let mut output = Vec::new();
        serve_adapter(&Reference, self.line.as_bytes(), &mut output).unwrap();
        let reply = String::from_utf8(output).unwrap();
        // The adapters here answer one request after the other.
        reply
            .trim_end()
            .replace(r#""parallel":8"#, r#""parallel":1"#)
    }

    /// The reply of the reference after a change.
    pub(crate) fn correct_reply_with(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut reply = serde_json::from_str(&self.correct_reply()).unwrap();
        change(&mut reply);
        reply.to_string()
    }
}

/// When an adapter misbehaves.
#[derive(Clone, Copy)]
pub(crate) enum When {
    Hello,
    Probe,
    FaultyCase,
    /// This case, counted from 1 in the life of a process.
    Case(usize),
    EveryCase,
}

impl When {
    fn is(self, request: &Request) -> bool {
        match self {
            Self::Hello => request.command() == "hello",
            Self::Probe => request.command().starts_with("zq-"),
            Self::FaultyCase => request.is_faulty_case(),
            Self::Case(number) => request.number == number,
            Self::EveryCase => request.number > 0,
        }
    }
}

/// An adapter on the pipes of this process.
pub(crate) struct Adapter {
    pub(crate) kind: String,
    /// An argument of every process of a run, so that leftover processes can be found.
    pub(crate) marker: String,
    /// The folder of the run, which exists longer than the adapter.
    pub(crate) folder: PathBuf,
    reader: RequestReader,
}

/// Reads requests from stdin.
struct RequestReader {
    input: BufReader<Stdin>,
    cases: usize,
}

impl RequestReader {
    fn new() -> Self {
        Self {
            input: BufReader::new(io::stdin()),
            cases: 0,
        }
    }

    /// The next request; `None` at `bye` or at the end of the input.
    fn next_request(&mut self) -> Option<Request> {
        let mut line = String::new();
        if self.input.read_line(&mut line).unwrap_or(0) == 0 {
            return None;
        }
        let value: Value = serde_json::from_str(&line).unwrap();
        let command = value["cmd"].as_str().unwrap();
        if command == "bye" {
            return None;
        }
        let is_plain = value["in"]["timeout_ms"] == PLAIN_LIMIT_MS;
        let is_case = command != "hello" && !command.starts_with("zq-") && !is_plain;
        self.cases += usize::from(is_case);
        let number = if is_case { self.cases } else { 0 };
        Some(Request {
            line,
            value,
            number,
        })
    }
}

pub(crate) fn main(arguments: &[String]) -> ExitCode {
    let [kind, marker, folder, ..] = arguments else {
        return ExitCode::from(64);
    };
    timing::limit_lifetime();
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // No core file after a crash.
    let _ = setrlimit(Resource::Core, none);
    let mut adapter = Adapter {
        kind: kind.clone(),
        marker: marker.clone(),
        folder: PathBuf::from(folder),
        reader: RequestReader::new(),
    };
    if let Some(behavior) = descendant::behavior(kind) {
        behavior(&mut adapter);
        return ExitCode::SUCCESS;
    }
    match kinds::all().into_iter().find(|one| one.name == kind) {
        Some(found) => perform(&mut adapter, &found.behavior),
        None => return ExitCode::from(64),
    }
    ExitCode::SUCCESS
}

fn perform(adapter: &mut Adapter, behavior: &Behavior) {
    match behavior {
        Behavior::RepliesWith(line) => adapter.serve_with(When::FaultyCase, |adapter, request| {
            adapter.write_line(line(request));
        }),
        Behavior::Handles(when, handle) => adapter.serve_with(*when, handle),
        Behavior::ChangesHello(change) => adapter.serve_with_hello(*change),
        Behavior::DoesFirst(first) => {
            first(adapter);
            adapter.serve();
        }
        Behavior::DoesAfterBye(last) => {
            adapter.serve();
            last(adapter);
        }
        Behavior::DoesEverything(everything) => everything(adapter),
        Behavior::Program(_) => {}
    }
}

impl Adapter {
    /// The next request; `None` at `bye` or at the end of the input.
    pub(crate) fn next_request(&mut self) -> Option<Request> {
        self.reader.next_request()
    }

    /// Reads requests in a thread. The channel closes at the end of the input.
    pub(crate) fn read_in_background(&mut self) -> Receiver<Request> {
        let mut reader = std::mem::replace(&mut self.reader, RequestReader::new());
        let (sender, requests) = mpsc::channel();
        thread::spawn(move || {
            while let Some(request) = reader.next_request() {
                if sender.send(request).is_err() {
                    return;
                }
            }
        });
        requests
    }

    /// Writes a line. Exits if stdout is closed.
    pub(crate) fn write_line(&mut self, line: impl AsRef<[u8]>) {
        let mut bytes = line.as_ref().to_vec();
        bytes.push(b'\n');
        self.write_bytes(&bytes);
    }

    /// Writes bytes to stdout. Exits if stdout is closed.
    #[expect(clippy::unused_self, reason = "an adapter has one stdout")]
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) {
        let mut output = io::stdout().lock();
        if output
            .write_all(bytes)
            .and_then(|()| output.flush())
            .is_err()
        {
            std::process::exit(0);
        }
    }

    /// Writes to stderr, also if it is closed.
    #[expect(clippy::unused_self, reason = "an adapter has one stderr")]
    pub(crate) fn write_stderr(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = io::stderr().lock().write_all(bytes.as_ref());
    }

    /// Replies correctly until `bye`.
    pub(crate) fn serve(&mut self) {
        while let Some(request) = self.next_request() {
            self.write_line(request.correct_reply());
        }
    }

    /// Replies correctly, except to the requests that the closure handles.
    pub(crate) fn serve_with(&mut self, when: When, mut handle: impl FnMut(&mut Self, &Request)) {
        while let Some(request) = self.next_request() {
            if when.is(&request) {
                handle(self, &request);
            } else {
                self.write_line(request.correct_reply());
            }
        }
    }

    /// Replies correctly, with a changed `hello`.
    pub(crate) fn serve_with_hello(&mut self, change: fn(&mut Value)) {
        self.serve_with(When::Hello, |adapter, request| {
            adapter.write_line(request.correct_reply_with(|reply| change(&mut reply["ok"])));
        });
    }

    /// Whether this process is the first of the run that calls this.
    pub(crate) fn is_first(&self) -> bool {
        std::fs::File::create_new(self.folder.join("was-here")).is_ok()
    }

    /// A command that starts this program as another process of the same run.
    pub(crate) fn command(&self, kind: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["adapter", kind, &self.marker])
            .arg(&self.folder);
        command
    }

    /// Replaces this process with another one with other pipes.
    pub(crate) fn exec_as(&self, kind: &str, pipes: impl FnOnce(&mut Command)) -> ! {
        let mut command = self.command(kind);
        pipes(&mut command);
        let error = command.exec();
        panic!("cannot execute this program: {error}");
    }
}
