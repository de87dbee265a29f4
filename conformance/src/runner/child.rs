//! The attachment to a program of its own: adapter protocol 1 in JSON lines.
//!
//! The adapter is started once and kept. It is started anew when it ended or hung, ten times at
//! most. Everything that it starts is ended with it: by a pid namespace where the system lets us,
//! else by process groups and a search for what left them.
//!
//! This limits accidents. It is no sandbox: an adapter runs with the rights of who starts the gate,
//! and can read, write and connect like any other program of that user.

mod containment;
mod ear;
mod ending;
mod environment;
mod fault;
mod feed;
mod greeting;
mod last_words;
mod launch;
mod lines;
mod process;
mod reply;
mod ring;
mod secrets;
mod start;
mod supervise;
mod sweep;
mod table;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::protocol::{
    BuildInput, BuildOutput, Credentials, Hello, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, SignInput, SignOutput,
};

use super::{Answered, Heard, Leak, Subject, Trouble};

pub use self::fault::Fault;
pub use self::launch::{Contain, Launch};
pub use self::supervise::supervise;

use self::fault::Kind;
use self::process::Process;
use self::secrets::Secrets;
use self::table::{Down, Lost, Told};

/// How often a new process is started in a run.
const RESTARTS: usize = 10;

/// How long an adapter may take to end after `bye`.
const FAREWELL: Duration = Duration::from_secs(3);

/// An adapter: a program that answers in JSON lines on its standard output.
///
/// Any number of threads may ask at once; so many questions are open as the adapter announced, the
/// others wait. What a question costs is bounded: a reply that does not come in time ends the
/// process, and the next question starts another one.
pub struct Child {
    launch: Launch,
    program: PathBuf,
    hello: Hello,
    secrets: Arc<Secrets>,
    /// Held while a process is started.
    place: Mutex<Place>,
    /// What is to be killed, also while it is started.
    running: Mutex<Option<Arc<Process>>>,
    stopped: AtomicBool,
    fault: Mutex<Option<Fault>>,
}

/// Where the process of an adapter is.
#[derive(Default)]
struct Place {
    process: Option<Arc<Process>>,
    /// How many of its processes ended or hung.
    ends: usize,
}

impl Child {
    /// Starts an adapter and returns it with its introduction.
    ///
    /// It has said `hello`, and answered honestly to a command that does not exist.
    ///
    /// # Errors
    ///
    /// When the program cannot be started, does not introduce itself in time, speaks another
    /// version, or claims to know what does not exist.
    pub fn start(launch: Launch) -> Result<(Self, Hello), Fault> {
        let program = start::resolve(&launch)?;
        let mut child = Self {
            launch,
            program,
            hello: Hello::new("unnamed", "unknown", "unknown"),
            secrets: Arc::default(),
            place: Mutex::default(),
            running: Mutex::default(),
            stopped: AtomicBool::new(false),
            fault: Mutex::default(),
        };
        let (process, hello) = child.begin()?;
        child.place().process = Some(process);
        child.hello = hello.clone();
        Ok((child, hello))
    }

    /// What broke the protocol, once something did.
    pub fn fault(&self) -> Option<Fault> {
        let process = lock(&self.running).clone();
        if let Some(Down::Broken(fault)) = process.and_then(|process| process.down()) {
            lock(&self.fault).get_or_insert(fault);
        }
        lock(&self.fault).clone()
    }

    /// What an author should know, in sentences that are the same in every run.
    pub fn warnings(&self) -> Vec<String> {
        let refused = self.launch.pass.iter();
        let refused = refused
            .filter(|name| environment::is_refused(name))
            .map(|name| format!("the variable {name} is never passed to an adapter"));
        greeting::unknown(&self.hello.caps)
            .into_iter()
            .chain(refused)
            .collect()
    }

    /// Ends everything now, from any thread: open questions and later ones are answered by [`Trouble::Gone`].
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        let process = lock(&self.running).clone();
        if let Some(process) = process {
            process.put_down(Down::Stopped, &Lost::Stopped);
            process.bury();
        }
    }

    /// Says `bye`; the adapter has 3 s to exit with status 0. Afterwards nothing of it is alive.
    ///
    /// # Errors
    ///
    /// When it does not end well, or when it had broken the protocol before.
    pub fn end(self) -> Result<(), Fault> {
        let process = self.place().process.take();
        if let Some(process) = process {
            if process.down().is_none() {
                self.farewell(&process);
            }
            if let Some(Down::Ended {
                ending,
                paid: false,
            }) = process.down()
                && !ending.is_success()
            {
                let what = format!("at its end the adapter {ending}");
                self.broken(process.sign(Fault::new(Kind::Bye, what)));
            }
            process.bury();
        }
        match self.fault() {
            Some(fault) => Err(fault),
            None => Ok(()),
        }
    }

    fn farewell(&self, process: &Process) {
        if !process.bye(FAREWELL) {
            let what = format!("the adapter did not end within {FAREWELL:?} of bye");
            self.broken(process.sign(Fault::new(Kind::Bye, what)));
        }
    }

    /// Puts a question; the process is started anew where it has to be.
    fn ask<I: Serialize, O: DeserializeOwned>(
        &self,
        command: &str,
        input: &I,
        credentials: Option<&Credentials>,
    ) -> Answered<O> {
        let secret = credentials.map(|credentials| self.secrets.of(credentials));
        let limit = self.launch.timeout;
        loop {
            let process = self.process()?;
            let words = |what: &str| process.last_words().after(what);
            return match process.ask(command, input, limit, secret.clone()) {
                Ok(told) => self.heard(&told, credentials),
                Err(Lost::Down) => continue,
                Err(Lost::Together) => Err(Trouble::Suspect),
                Err(Lost::Late) => {
                    let what = format!("no complete reply within {limit:?}");
                    Err(Trouble::Timeout(words(&what)))
                }
                Err(Lost::Ended(ending)) => {
                    Err(Trouble::Crash(words(&format!("the adapter {ending}"))))
                }
                Err(Lost::Broken(fault)) => Err(self.broken(fault)),
                Err(Lost::Stopped) => Err(stopped()),
                Err(Lost::Unasked(what)) => Err(Trouble::Harness(what)),
            };
        }
    }

    fn heard<O: DeserializeOwned>(
        &self,
        told: &Told,
        credentials: Option<&Credentials>,
    ) -> Answered<O> {
        let secret = credentials.map(|credentials| self.secrets.of(credentials));
        let in_reply = secret.is_some_and(|secret| secret.is_in_json(told.line.text().as_bytes()));
        let reply = told.line.reply().map_err(|what| {
            let what = self.secrets.mask(what.as_bytes());
            Trouble::Malformed(String::from_utf8_lossy(&what).into_owned())
        })?;
        let leak = match (in_reply, told.leaked) {
            (true, _) => Some(Leak::Reply),
            (false, true) => Some(Leak::StandardError),
            (false, false) => None,
        };
        Ok(Heard { reply, leak })
    }

    /// The process to be asked; another one where the last one is down.
    fn process(&self) -> Result<Arc<Process>, Trouble> {
        let mut place = self.place();
        if self.stopped.load(Ordering::SeqCst) {
            return Err(stopped());
        }
        if let Some(fault) = lock(&self.fault).clone() {
            return Err(gone(&fault));
        }
        if let Some(process) = &place.process {
            match process.down() {
                // Someone has to pay for an end between two questions.
                None | Some(Down::Ended { paid: false, .. }) => return Ok(Arc::clone(process)),
                Some(Down::Broken(fault)) => return Err(self.broken(fault)),
                Some(Down::Stopped) => return Err(stopped()),
                Some(Down::Ended { .. } | Down::Late) => {}
            }
            process.bury();
            place.process = None;
            place.ends += 1;
        }
        if place.ends > RESTARTS {
            let times = place.ends;
            return Err(Trouble::Gone(format!(
                "the adapter ended or hung {times} times"
            )));
        }
        let begun = self.begin();
        if self.stopped.load(Ordering::SeqCst) {
            return Err(stopped());
        }
        let (process, hello) = begun.map_err(|fault| self.broken(fault))?;
        place.process = Some(Arc::clone(&process));
        if hello != self.hello {
            let what = "the adapter introduced itself otherwise when it was started again";
            process.fail(Fault::new(Kind::Dishonest, what));
        }
        Ok(process)
    }

    /// The first fault stays.
    fn broken(&self, fault: Fault) -> Trouble {
        gone(lock(&self.fault).get_or_insert(fault))
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        lock(&self.place)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn gone(fault: &Fault) -> Trouble {
    Trouble::Gone(fault.summary())
}

fn stopped() -> Trouble {
    Trouble::Gone("the run was interrupted".to_owned())
}

impl Subject for Child {
    fn sign(&self, input: &SignInput) -> Answered<SignOutput> {
        self.ask("sign", input, Some(&input.credentials))
    }

    fn build(&self, input: &BuildInput) -> Answered<BuildOutput> {
        self.ask("build", input, Some(&input.credentials))
    }

    fn parse(&self, input: &ParseInput) -> Answered<ParseOutput> {
        self.ask("parse", input, None)
    }

    fn invoke(&self, input: &InvokeInput) -> Answered<InvokeOutput> {
        self.ask("invoke", input, Some(&input.credentials))
    }

    fn parallel(&self) -> usize {
        usize::try_from(self.hello.parallel).unwrap_or(usize::MAX)
    }
}

impl Drop for Child {
    /// Nothing of the adapter outlives it.
    fn drop(&mut self) {
        self.stop();
    }
}

impl fmt::Debug for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child")
            .field("launch", &self.launch)
            .finish_non_exhaustive()
    }
}
