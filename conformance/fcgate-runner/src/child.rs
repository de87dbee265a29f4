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
mod few_words;
mod greeting;
mod last_words;
mod launch;
mod leash;
mod lines;
mod output;
mod pipe;
mod process;
mod question;
mod reply;
mod ring;
mod secrets;
mod side;
mod start;
mod supervise;
mod sweep;
mod table;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use fcgate_protocol::Hello;

pub use self::fault::Fault;
pub use self::launch::{Contain, Launch};
pub use self::supervise::supervise;

use self::fault::Kind;
use self::process::Process;
use self::secrets::Secrets;
use self::table::{Down, Lost};

/// How long an adapter may take to end after `bye`.
const FAREWELL: Duration = Duration::from_secs(3);

/// An adapter: a program that answers in JSON lines on its standard output.
///
/// Any number of threads may ask at once; so many questions are open as the adapter announced, the
/// others wait. What a question costs is bounded: a reply that does not come in time ends the
/// process, and the next question starts another one.
///
/// ```
/// use fcgate_runner::{Child, Launch};
///
/// let launch = Launch::new("no-such-adapter".into(), Vec::new());
/// let fault = Child::start(launch).unwrap_err();
/// assert_eq!(fault.kind(), "spawn");
/// ```
pub struct Child {
    launch: Launch,
    program: PathBuf,
    hello: OnceLock<Hello>,
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
        let child = Self::new(launch)?;
        let hello = child.greet()?;
        Ok((child, hello))
    }

    /// An adapter that is not yet started, so that it can be stopped while it introduces itself.
    ///
    /// # Errors
    ///
    /// When there is no such program.
    pub fn new(launch: Launch) -> Result<Self, Fault> {
        let program = start::resolve(&launch)?;
        Ok(Self {
            launch,
            program,
            hello: OnceLock::new(),
            secrets: Arc::default(),
            place: Mutex::default(),
            running: Mutex::default(),
            stopped: AtomicBool::new(false),
            fault: Mutex::default(),
        })
    }

    /// Starts it and hears its introduction.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn greet(&self) -> Result<Hello, Fault> {
        let (process, hello) = self.begin()?;
        self.place().process = Some(process);
        Ok(self.hello.get_or_init(|| hello).clone())
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
        let hello = self.hello.get();
        hello
            .map(|hello| greeting::unknown(&hello.caps))
            .unwrap_or_default()
            .into_iter()
            .chain(refused)
            .collect()
    }

    /// Ends everything now, from any thread: open questions and later ones are answered by
    /// [`SubjectError::Unavailable`](super::SubjectError::Unavailable).
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

    /// The first fault stays.
    fn broken(&self, fault: Fault) {
        lock(&self.fault).get_or_insert(fault);
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        lock(&self.place)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
