//! An adapter over all its processes: start, stop and shut-down.

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use fcgate_protocol::Hello;

use super::environment;
use super::fault::{Fault, Kind};
use super::handshake::handshake;
use super::hello;
use super::launch_settings::Launch;
use super::lock::lock;
use super::process::Process;
use super::program_path::find_program;
use super::request_outcome::{NoReply, Terminated};
use super::secrets::Secrets;
use super::spawn::spawn;
use super::system::Containment;

/// The time limit for the exit of an adapter after `bye`.
const BYE_LIMIT: Duration = Duration::from_secs(3);

/// An adapter: a program that replies in JSON lines on its standard output.
///
/// Any number of threads may send requests. At most as many requests are pending as the adapter allows in `hello`;
/// the others wait. Every request has a limit: if the reply does not arrive in time, the gate kills the process,
/// and the next request starts a new one.
///
/// ```
/// use fcgate_runner::{Child, Launch};
///
/// let launch = Launch::new("no-such-adapter".into(), Vec::new());
/// let fault = Child::start(launch).unwrap_err();
/// assert_eq!(fault.kind(), "spawn");
/// ```
pub struct Child {
    pub(super) launch: Launch,
    program: PathBuf,
    pub(super) hello: OnceLock<Hello>,
    pub(super) secrets: Arc<Secrets>,
    /// Locked while a process starts.
    current: Mutex<Current>,
    /// The process to kill on `stop`, also while it starts.
    running: Mutex<Option<Arc<Process>>>,
    pub(super) stopped: AtomicBool,
    /// The first fault.
    fault: Mutex<Option<Fault>>,
}

/// The current process of an adapter.
#[derive(Default)]
pub(super) struct Current {
    pub(super) process: Option<Arc<Process>>,
    /// The number of processes that exited or hung.
    pub(super) failures: usize,
}

impl Child {
    /// Starts an adapter, and returns it with its reply to `hello`.
    ///
    /// # Errors
    ///
    /// If the program cannot be started, does not reply to `hello` in time, has another protocol version, or does not
    /// reply with `unsupported` to a command that does not exist.
    pub fn start(launch: Launch) -> Result<(Self, Hello), Fault> {
        let child = Self::new(launch)?;
        let hello = child.handshake()?;
        Ok((child, hello))
    }

    /// Creates an adapter without starting it, so that another thread can stop it during the handshake.
    ///
    /// # Errors
    ///
    /// If the program does not exist.
    pub fn new(launch: Launch) -> Result<Self, Fault> {
        let program = find_program(&launch, Kind::Spawn)?;
        Ok(Self {
            launch,
            program,
            hello: OnceLock::new(),
            secrets: Arc::default(),
            current: Mutex::default(),
            running: Mutex::default(),
            stopped: AtomicBool::new(false),
            fault: Mutex::default(),
        })
    }

    /// Starts the program and returns its reply to `hello`.
    ///
    /// # Errors
    ///
    /// The same as for [`start`](Self::start).
    pub fn handshake(&self) -> Result<Hello, Fault> {
        let (process, hello) = self.start_process()?;
        self.current().process = Some(process);
        Ok(self.hello.get_or_init(|| hello).clone())
    }

    /// The first violation of the protocol, if any.
    pub fn fault(&self) -> Option<Fault> {
        let process = lock(&self.running).clone();
        if let Some(Terminated::Broken(fault)) = process.and_then(|process| process.terminated()) {
            self.record_fault(fault);
        }
        self.first_fault()
    }

    /// Returns warnings for the author of the adapter. They are the same in every run.
    pub fn warnings(&self) -> Vec<String> {
        let hello = self.hello.get();
        hello
            .map(hello::unknown_names)
            .unwrap_or_default()
            .into_iter()
            .chain(environment::warnings(&self.launch.variables))
            .chain(Containment::WARNING.map(str::to_owned))
            .collect()
    }

    /// Kills the adapter, from any thread. Pending and later requests fail with
    /// [`SubjectError::Unavailable`](crate::SubjectError::Unavailable).
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        let process = lock(&self.running).clone();
        if let Some(process) = process {
            process.terminate(Terminated::Stopped, &NoReply::Stopped);
            process.kill_and_wait();
        }
    }

    /// Sends `bye`; the adapter has 3 s to exit with status 0. Afterwards none of its processes is running.
    ///
    /// # Errors
    ///
    /// If the adapter does not exit with status 0 in time, or if it broke the protocol before.
    pub fn shut_down(self) -> Result<(), Fault> {
        let process = self.current().process.take();
        if let Some(process) = process {
            if process.terminated().is_none() {
                self.bye(&process);
            }
            if let Some(Terminated::Exited {
                status,
                reported: false,
            }) = process.terminated()
                && !status.is_success()
            {
                let text = format!("after bye the adapter {status}, expected status 0");
                self.record_fault(process.with_context(Fault::new(Kind::Bye, text)));
            }
            process.kill_and_wait();
        }
        match self.fault() {
            Some(fault) => Err(fault),
            None => Ok(()),
        }
    }

    fn bye(&self, process: &Process) {
        if !process.bye(BYE_LIMIT) {
            let text = format!("the adapter did not exit within {BYE_LIMIT:?} after bye");
            self.record_fault(process.with_context(Fault::new(Kind::Bye, text)));
        }
    }

    /// Starts a process and performs the handshake.
    pub(super) fn start_process(&self) -> Result<(Arc<Process>, Hello), Fault> {
        let secrets = Arc::clone(&self.secrets);
        let process = spawn(&self.launch, &self.program, secrets).map_err(|error| {
            Fault::not_started(Kind::Spawn, &error).command(&self.launch.command())
        })?;
        *lock(&self.running) = Some(Arc::clone(&process));
        if self.stopped.load(Ordering::SeqCst) {
            process.terminate(Terminated::Stopped, &NoReply::Stopped);
        }
        match handshake(&process, &self.launch) {
            Ok(hello) => {
                process.set_parallel(usize::try_from(hello.parallel).unwrap_or(1));
                Ok((process, hello))
            }
            Err(fault) => {
                process.kill_and_wait();
                Err(process.with_context(fault))
            }
        }
    }

    /// Records a fault. If there is a fault already, it stays.
    pub(super) fn record_fault(&self, fault: Fault) {
        lock(&self.fault).get_or_insert(fault);
    }

    pub(super) fn first_fault(&self) -> Option<Fault> {
        lock(&self.fault).clone()
    }

    pub(super) fn current(&self) -> MutexGuard<'_, Current> {
        lock(&self.current)
    }
}

impl Drop for Child {
    /// Kills all processes of the adapter.
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
