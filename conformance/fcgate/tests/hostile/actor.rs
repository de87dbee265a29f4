//! The adapter's side: right in everything, but for one twist.

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
use crate::kind::Act;
use crate::kinds;
use crate::pace;

/// What a gate asks for in the one case that an adapter gets wrong.
const CULPRIT: i64 = 418;

/// One line of the gate.
pub(crate) struct Question {
    pub(crate) line: String,
    pub(crate) value: Value,
    /// Which of the cases it is, from 1; 0 for `hello` and the probe.
    pub(crate) number: usize,
}

impl Question {
    pub(crate) fn seq(&self) -> &str {
        self.value["seq"].as_str().unwrap()
    }

    pub(crate) fn command(&self) -> &str {
        self.value["cmd"].as_str().unwrap()
    }

    /// Whether it is the one case that kinds get wrong.
    pub(crate) fn is_culprit(&self) -> bool {
        self.value["in"]["status"] == CULPRIT
    }

    /// The reply with this answer, such as `"ok":{}`.
    pub(crate) fn reply(&self, answer: &str) -> String {
        format!("{{\"seq\":\"{}\",{answer}}}", self.seq())
    }

    /// What the reference answers, without the line end.
    pub(crate) fn right(&self) -> String {
        let mut output = Vec::new();
        serve_adapter(&Reference, self.line.as_bytes(), &mut output).unwrap();
        String::from_utf8(output).unwrap().trim_end().to_owned()
    }

    /// What the reference answers, changed.
    pub(crate) fn right_but(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut reply = serde_json::from_str(&self.right()).unwrap();
        change(&mut reply);
        reply.to_string()
    }
}

/// When an adapter does what it should not.
#[derive(Clone, Copy)]
pub(crate) enum At {
    Hello,
    Probe,
    Culprit,
    /// This case, counted from 1 in the life of a process.
    Case(usize),
    EveryCase,
}

impl At {
    fn is(self, question: &Question) -> bool {
        match self {
            Self::Hello => question.command() == "hello",
            Self::Probe => question.command().starts_with("zq-"),
            Self::Culprit => question.is_culprit(),
            Self::Case(number) => question.number == number,
            Self::EveryCase => question.number > 0,
        }
    }
}

/// An adapter on the pipes of this process.
pub(crate) struct Actor {
    pub(crate) kind: String,
    /// Stands in the arguments of every process of a run, so that what is left can be found.
    pub(crate) marker: String,
    /// A folder of the run, which outlives the adapter.
    pub(crate) folder: PathBuf,
    ear: Ear,
}

/// What an adapter hears on its input.
struct Ear {
    input: BufReader<Stdin>,
    cases: usize,
}

impl Ear {
    fn new() -> Self {
        Self {
            input: BufReader::new(io::stdin()),
            cases: 0,
        }
    }

    /// The next question; nothing at `bye` or at the end of the input.
    fn hear(&mut self) -> Option<Question> {
        let mut line = String::new();
        if self.input.read_line(&mut line).unwrap_or(0) == 0 {
            return None;
        }
        let value: Value = serde_json::from_str(&line).unwrap();
        let command = value["cmd"].as_str().unwrap();
        if command == "bye" {
            return None;
        }
        let is_case = command != "hello" && !command.starts_with("zq-");
        self.cases += usize::from(is_case);
        let number = if is_case { self.cases } else { 0 };
        Some(Question {
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
    pace::limit_life();
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // A kind that crashes leaves no core file.
    let _ = setrlimit(Resource::Core, none);
    let mut actor = Actor {
        kind: kind.clone(),
        marker: marker.clone(),
        folder: PathBuf::from(folder),
        ear: Ear::new(),
    };
    if let Some(act) = descendant::act(kind) {
        act(&mut actor);
        return ExitCode::SUCCESS;
    }
    match kinds::all().into_iter().find(|one| one.name == kind) {
        Some(found) => perform(&mut actor, &found.act),
        None => return ExitCode::from(64),
    }
    ExitCode::SUCCESS
}

fn perform(actor: &mut Actor, act: &Act) {
    match act {
        Act::Says(line) => actor.play(At::Culprit, |actor, question| actor.say(line(question))),
        Act::Twists(at, twist) => actor.play(*at, twist),
        Act::Introduces(change) => actor.introduce(*change),
        Act::Starts(first) => {
            first(actor);
            actor.serve();
        }
        Act::Ends(last) => {
            actor.serve();
            last(actor);
        }
        Act::Plays(play) => play(actor),
        Act::Program(_) => {}
    }
}

impl Actor {
    /// The next question; nothing at `bye` or at the end of the input.
    pub(crate) fn hear(&mut self) -> Option<Question> {
        self.ear.hear()
    }

    /// The questions as they come, heard by a thread of its own; the end of them is the end of the channel.
    pub(crate) fn listen(&mut self) -> Receiver<Question> {
        let mut ear = std::mem::replace(&mut self.ear, Ear::new());
        let (tell, questions) = mpsc::channel();
        thread::spawn(move || {
            while let Some(question) = ear.hear() {
                if tell.send(question).is_err() {
                    return;
                }
            }
        });
        questions
    }

    /// Writes a line; when nobody listens any more, this is the end.
    pub(crate) fn say(&mut self, line: impl AsRef<[u8]>) {
        let mut bytes = line.as_ref().to_vec();
        bytes.push(b'\n');
        self.write(&bytes);
    }

    /// Writes these bytes as they are.
    #[expect(clippy::unused_self, reason = "an adapter has one output")]
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let mut output = io::stdout().lock();
        if output
            .write_all(bytes)
            .and_then(|()| output.flush())
            .is_err()
        {
            std::process::exit(0);
        }
    }

    /// Writes to standard error, whoever listens.
    #[expect(clippy::unused_self, reason = "an adapter has one standard error")]
    pub(crate) fn log(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = io::stderr().lock().write_all(bytes.as_ref());
    }

    /// Answers as the reference does, until `bye`.
    pub(crate) fn serve(&mut self) {
        while let Some(question) = self.hear() {
            self.say(question.right());
        }
    }

    /// Answers as the reference does, but for the questions that the twist answers.
    pub(crate) fn play(&mut self, at: At, mut twist: impl FnMut(&mut Self, &Question)) {
        while let Some(question) = self.hear() {
            if at.is(&question) {
                twist(self, &question);
            } else {
                self.say(question.right());
            }
        }
    }

    /// Answers as the reference does, with another introduction.
    pub(crate) fn introduce(&mut self, change: fn(&mut Value)) {
        self.play(At::Hello, |actor, question| {
            actor.say(question.right_but(|reply| change(&mut reply["ok"])));
        });
    }

    /// Whether this process is the first of the run that comes here.
    pub(crate) fn is_first(&self) -> bool {
        std::fs::File::create_new(self.folder.join("was-here")).is_ok()
    }

    /// This program again, as another kind of process of the same run.
    pub(crate) fn again(&self, kind: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["act", kind, &self.marker]).arg(&self.folder);
        command
    }

    /// Becomes another kind of process, with other pipes.
    pub(crate) fn become_other(&self, kind: &str, pipes: impl FnOnce(&mut Command)) -> ! {
        let mut command = self.again(kind);
        pipes(&mut command);
        let error = command.exec();
        panic!("it cannot be started again: {error}");
    }
}
