//! Runs the command that prepares an adapter, for example a build, before the adapter starts.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, PipeReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::environment;
use super::fault::{Fault, Kind};
use super::launch_settings::Launch;
use super::lock::lock;
use super::program_path::find_program;
use super::reaped_process::ReapedProcess;
use super::ring_buffer::RingBuffer;
use super::seq::format_seq;
use super::stderr_tail::StderrTail;
use super::system::{Containment, ProcessReaper, isolate};

/// The time limit for the exit of a killed command and for the rest of its output.
const KILL_LIMIT: Duration = Duration::from_secs(3);

/// The command that prepares an adapter. It runs once, before the adapter starts.
///
/// ```
/// use fcgate_runner::{Launch, Preparation};
///
/// let launch = Launch::new("no-such-builder".into(), vec!["build".into()]);
/// let fault = Preparation::new(launch).run().unwrap_err();
/// assert_eq!(fault.kind(), "prepare");
/// ```
#[derive(Debug)]
pub struct Preparation {
    launch: Launch,
    progress: Mutex<Progress>,
}

#[derive(Default)]
struct Progress {
    running: Option<Arc<ReapedProcess>>,
    stopped: bool,
}

impl Preparation {
    /// Creates the preparation from a command. The timeout of the launch limits the whole command.
    pub fn new(launch: Launch) -> Self {
        Self {
            launch,
            progress: Mutex::default(),
        }
    }

    /// The command as text for people, truncated.
    pub fn command(&self) -> String {
        self.launch.command()
    }

    /// Runs the command and waits until it exits. Afterwards none of its processes is running.
    ///
    /// # Errors
    ///
    /// If the program cannot be started, exits with another status than 0, or does not exit in time. The fault shows
    /// the command and the last lines of its output, without credentials.
    pub fn run(&self) -> Result<(), Fault> {
        let program = find_program(&self.launch, Kind::Prepare)?;
        let started = self.start(&program).map_err(|error| {
            Fault::not_started(Kind::Prepare, &error).command(&self.launch.command())
        })?;
        let problem = match started.process.wait(self.launch.timeout) {
            Some(status) if status.is_success() => return Ok(()),
            Some(status) => format!("the command {status}"),
            None => {
                started.process.kill();
                started.process.wait(KILL_LIMIT);
                let limit = self.launch.timeout;
                format!("the command did not exit within {limit:?}, the limit prepare_timeout")
            }
        };
        let _ = started.output_end.recv_timeout(KILL_LIMIT);
        let (text, dropped) = {
            let output = lock(&started.output);
            (output.bytes(), output.dropped())
        };
        let lines = StderrTail::of(&environment::redact_withheld(&text), dropped).lines();
        Err(Fault::new(Kind::Prepare, problem)
            .command(&self.launch.command())
            .stderr_tail(lines))
    }

    /// Kills the command, from any thread. It does not start afterwards.
    pub fn stop(&self) {
        let mut progress = lock(&self.progress);
        progress.stopped = true;
        if let Some(process) = &progress.running {
            process.kill();
        }
    }

    fn start(&self, program: &Path) -> io::Result<Started> {
        let (read_end, write_end) = io::pipe()?;
        let mark = format_seq(RandomState::new().hash_one(environment::MARK));
        let mut command = Command::new(program);
        command
            .args(&self.launch.arguments)
            .env_clear()
            .envs(environment::without_credentials())
            .env(environment::MARK, &mark)
            .stdin(Stdio::null())
            .stdout(write_end.try_clone()?)
            .stderr(write_end);
        isolate(&mut command);
        let mut progress = lock(&self.progress);
        if progress.stopped {
            return Err(io::Error::other("the run was interrupted"));
        }
        let starting = ProcessReaper::starting();
        let child = command.spawn()?;
        // The command holds the write end of the pipe; without this, the output would never end.
        drop(command);
        let reaper = ProcessReaper::new(child, Containment::marked(&mark));
        drop(starting);
        let process = Arc::new(ReapedProcess::new(reaper, || ())?);
        progress.running = Some(Arc::clone(&process));
        drop(progress);
        let output = Arc::<Mutex<RingBuffer>>::default();
        let (end_sender, output_end) = sync_channel(1);
        let thread = keep_output(read_end, Arc::clone(&output), end_sender);
        thread.inspect_err(|_| process.kill())?;
        Ok(Started {
            process,
            output,
            output_end,
        })
    }
}

/// A running command.
struct Started {
    process: Arc<ReapedProcess>,
    output: Arc<Mutex<RingBuffer>>,
    output_end: Receiver<()>,
}

/// Reads the output to its end, so that a full pipe never blocks the command.
fn keep_output(
    mut reader: PipeReader,
    output: Arc<Mutex<RingBuffer>>,
    end: SyncSender<()>,
) -> io::Result<()> {
    let read = move || {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            lock(&output).push(buffer.get(..count).unwrap_or_default());
        }
        let _ = end.send(());
    };
    let thread = thread::Builder::new().name("prepare-output".to_owned());
    thread.spawn(read).map(|_| ())
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress")
            .field("running", &self.running.is_some())
            .field("stopped", &self.stopped)
            .finish()
    }
}
