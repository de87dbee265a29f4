//! The start of an adapter: the program, `hello` and the probe.

use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use fcgate_protocol::{Hello, HelloInput, Reply, SUITE, VERSION};
use fcgate_text::visible;

use super::fault::{Fault, Kind};
use super::greeting::{Greeting, Version};
use super::launch::Launch;
use super::process::Process;
use super::reply::{Complaint, Line};
use super::supervise::NOT_STARTED;
use super::table::{Down, Lost};
use super::{Child, lock};

/// Finds the program: by its path, or by its name where programs are looked for.
pub(super) fn resolve(launch: &Launch) -> Result<PathBuf, Fault> {
    which::which(&launch.program).map_err(|_| {
        let path = Path::new(&launch.program);
        let name = visible::line(&launch.program.to_string_lossy(), 200);
        let why = if path.components().count() <= 1 && !path.has_root() {
            "is not a program that PATH leads to"
        } else if path.is_dir() {
            "is a directory"
        } else if path.exists() {
            "cannot be executed"
        } else {
            "does not exist"
        };
        Fault::new(Kind::Spawn, format!("'{name}' {why}")).command(&launch.command())
    })
}

impl Child {
    /// Starts a process and hears its introduction.
    pub(super) fn begin(&self) -> Result<(Arc<Process>, Hello), Fault> {
        let secrets = Arc::clone(&self.secrets);
        let process = Process::start(&self.launch, &self.program, secrets).map_err(|error| {
            let what = format!("the program cannot be started: {error}");
            Fault::new(Kind::Spawn, what).command(&self.launch.command())
        })?;
        *lock(&self.running) = Some(Arc::clone(&process));
        if self.stopped.load(Ordering::SeqCst) {
            process.put_down(Down::Stopped, &Lost::Stopped);
        }
        match introduce(&process, &self.launch) {
            Ok(hello) => {
                process.takes(usize::try_from(hello.parallel).unwrap_or(1));
                Ok((process, hello))
            }
            Err(fault) => {
                process.bury();
                Err(process.sign(fault))
            }
        }
    }
}

/// The introduction, and the proof that the adapter does not know everything.
fn introduce(process: &Process, launch: &Launch) -> Result<Hello, Fault> {
    let input = HelloInput {
        suite: SUITE.to_owned(),
        accepts: vec![VERSION],
    };
    let line = first(process, "hello", &input, launch.hello_timeout)?;
    let hello =
        hello(&line).map_err(|complaint| process.quoting(complaint, line.text().as_bytes()))?;

    let random = RandomState::new().hash_one("probe");
    let probe = format!("zq-{random:016x}");
    let nothing = serde_json::Map::new();
    let line = first(process, &probe, &nothing, launch.timeout)?;
    if !line.is_unsupported() {
        let what = "the adapter claims to know a command that was just made up";
        let complaint = Complaint::new(Kind::Dishonest, what);
        return Err(process.quoting(complaint, line.text().as_bytes()));
    }
    Ok(hello)
}

fn first(
    process: &Process,
    command: &str,
    input: &impl Serialize,
    limit: Duration,
) -> Result<Line, Fault> {
    let name = if command == "hello" {
        command
    } else {
        "the probe"
    };
    match process.ask(command, input, limit, None) {
        Ok(told) => Ok(told.line),
        Err(Lost::Late | Lost::Together) => {
            let what = format!("the adapter did not answer {name} within {limit:?}");
            Err(Fault::new(Kind::HelloTimeout, what))
        }
        Err(Lost::Ended(ending)) => {
            let words = process.last_words().lines();
            if let (true, Some(why)) = (ending.is_not_started(), words.strip_prefix(NOT_STARTED)) {
                let what = format!("the program cannot be started: {why}");
                return Err(Fault::new(Kind::Spawn, what));
            }
            let what = format!("the adapter {ending} before it answered {name}");
            Err(Fault::new(Kind::Exited, what))
        }
        Err(Lost::Broken(fault)) => Err(fault),
        Err(Lost::Stopped | Lost::Down) => Err(Fault::new(Kind::Exited, "the adapter was stopped")),
        Err(Lost::Unasked(what)) => Err(Fault::new(Kind::Spawn, what)),
    }
}

fn hello(line: &Line) -> Result<Hello, Complaint> {
    read::<Version>(line)?.check()?;
    read::<Greeting>(line)?.hello()
}

fn read<T: DeserializeOwned>(line: &Line) -> Result<T, Complaint> {
    let what = match line.reply() {
        Ok(Reply::Ok(value)) => return Ok(value),
        Ok(Reply::Err(refusal)) => format!(
            "hello was refused: {}",
            visible::line(&refusal.message, 200)
        ),
        Ok(Reply::Unsupported(_)) => "hello was answered with unsupported".to_owned(),
        Err(error) => format!("hello: {}", visible::line(&error, 200)),
    };
    Err(Complaint::new(Kind::Schema, what))
}
