//! Runs a command once for each call: input on stdin, result on stdout, log on stderr.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fcgate_http::clock;

use super::lock::lock;
use super::program::Program;
use super::reaped_process::ReapedProcess;
use super::ring_buffer::RingBuffer;
use super::system::{Chunk, OutputPipe, Pipes, StdinPipe, Written};

/// The time limit for the exit of a killed process, and for output that is in the pipes when a process has exited.
const KILL_LIMIT: Duration = Duration::from_secs(3);

/// How often a run looks whether it is to stop.
const STOP_INTERVAL: Duration = Duration::from_millis(100);

/// The maximum number of bytes per read.
const CHUNK: usize = 64 * 1024;

/// A command that runs once for each call. Several calls may run at the same time.
#[derive(Debug)]
pub struct CommandRunner {
    program: Program,
    running: Mutex<Running>,
}

#[derive(Default)]
struct Running {
    processes: BTreeMap<u64, Arc<ReapedProcess>>,
    count: u64,
    is_ended: bool,
}

/// The limits of one run.
#[derive(Debug, Clone, Copy)]
pub struct RunLimits {
    /// How long the process may run. Then it is killed with its descendants.
    pub time: Duration,
    /// The most bytes of standard output.
    pub output: usize,
}

/// What a run gave.
#[derive(Debug)]
pub struct CommandOutput {
    /// Standard output, at most as long as the limit.
    pub stdout: Vec<u8>,
    /// The last 64 KiB of standard error.
    pub stderr: Vec<u8>,
    /// How the run ended.
    pub ending: RunEnding,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunEnding {
    /// The process exited with status 0.
    Success,
    /// The process exited with another status or was killed: its exit status in words.
    Failure(String),
    /// The process ran longer than its limit and was killed.
    TimeLimit,
    /// The process wrote more than the limit to standard output and was killed.
    OutputLimit,
    /// The caller stopped the run, and the process was killed.
    Stopped,
}

impl CommandRunner {
    /// A runner of this command.
    pub fn new(program: Program) -> Self {
        Self {
            program,
            running: Mutex::default(),
        }
    }

    /// Runs the command with this input, until `is_stopped` returns true. When it returns, no process of the run is left.
    ///
    /// The process may ignore its input, and it may write any number of bytes to standard error.
    ///
    /// # Errors
    ///
    /// If the process cannot be started.
    pub fn run(
        &self,
        input: &[u8],
        variables: &[(String, String)],
        limits: RunLimits,
        is_stopped: impl Fn() -> bool,
    ) -> io::Result<CommandOutput> {
        let until = clock::after(limits.time);
        let (reaper, pipes) = self.program.start(variables)?;
        let Pipes {
            stdin,
            stdout,
            stderr,
            poller,
            waker,
        } = pipes;
        let process = Arc::new(ReapedProcess::new(reaper, move || waker.wake())?);
        let number = self.register(&process)?;
        let mut exchange = Exchange {
            input,
            stdin: Some(stdin),
            stdout: Some(stdout),
            stderr: Some(stderr),
            result: Vec::new(),
            log: RingBuffer::default(),
            buffer: vec![0; CHUNK],
            limit: limits.output,
        };
        let mut over = None;
        let mut exited: Option<Instant> = None;
        loop {
            exited = exited.or_else(|| {
                let is_reaped = process.wait(Duration::ZERO).is_some();
                is_reaped.then(clock::now)
            });
            if exited.is_some() && exchange.outputs_ended() {
                break;
            }
            if exited.is_none() && is_stopped() {
                over = Some(RunEnding::Stopped);
                break;
            }
            let end = exited.map_or(until, |at| at + KILL_LIMIT);
            let left = end.saturating_duration_since(clock::now());
            if left.is_zero() {
                if exited.is_none() {
                    over = Some(RunEnding::TimeLimit);
                }
                break;
            }
            let ready = poller.wait(
                exchange.stdout.as_ref(),
                exchange.stderr.as_ref(),
                exchange.stdin.as_ref(),
                Some(left.min(STOP_INTERVAL)),
            );
            if ready.stdin {
                exchange.write_input();
            }
            if ready.stderr {
                exchange.read_log();
            }
            if ready.stdout && !exchange.read_result() {
                over = Some(RunEnding::OutputLimit);
                break;
            }
        }
        process.kill();
        let status = process.wait(KILL_LIMIT);
        lock(&self.running).processes.remove(&number);
        // What the process wrote before it was killed is in the pipe.
        exchange.drain_log();
        let ending = over.unwrap_or_else(|| match status {
            Some(status) if status.is_success() => RunEnding::Success,
            Some(status) => RunEnding::Failure(status.to_string()),
            None => RunEnding::Failure("did not exit after it was killed".to_owned()),
        });
        Ok(CommandOutput {
            stdout: exchange.result,
            stderr: exchange.log.bytes(),
            ending,
        })
    }

    fn register(&self, process: &Arc<ReapedProcess>) -> io::Result<u64> {
        let mut running = lock(&self.running);
        if running.is_ended {
            return Err(io::Error::other("the server has ended"));
        }
        running.count += 1;
        let number = running.count;
        running.processes.insert(number, Arc::clone(process));
        Ok(number)
    }

    /// Kills the processes of all runs and waits for their end. Later runs are refused.
    pub fn end(&self) {
        let processes = {
            let mut running = lock(&self.running);
            running.is_ended = true;
            std::mem::take(&mut running.processes)
        };
        for process in processes.values() {
            process.kill();
        }
        for process in processes.values() {
            process.wait(KILL_LIMIT);
        }
    }
}

/// The pipes of one run, and what has been transferred.
struct Exchange<'a> {
    /// The input that is not written yet.
    input: &'a [u8],
    stdin: Option<StdinPipe>,
    stdout: Option<OutputPipe>,
    stderr: Option<OutputPipe>,
    result: Vec<u8>,
    log: RingBuffer,
    buffer: Vec<u8>,
    limit: usize,
}

impl Exchange<'_> {
    fn outputs_ended(&self) -> bool {
        self.stdout.is_none() && self.stderr.is_none()
    }

    /// Writes more of the input, and closes stdin at its end or when the process closed it.
    fn write_input(&mut self) {
        let Some(stdin) = &self.stdin else {
            return;
        };
        if !self.input.is_empty() {
            match stdin.write(self.input) {
                Written::Bytes(count) => self.input = self.input.get(count..).unwrap_or_default(),
                Written::Full => return,
                Written::Closed => self.input = &[],
            }
        }
        if self.input.is_empty() {
            self.stdin = None;
        }
    }

    /// Reads standard output once. Returns whether it is within the limit.
    fn read_result(&mut self) -> bool {
        let Some(stdout) = &self.stdout else {
            return true;
        };
        match stdout.read(&mut self.buffer) {
            Chunk::Bytes(count) if self.result.len() + count > self.limit => return false,
            Chunk::Bytes(count) => {
                let bytes = self.buffer.get(..count).unwrap_or_default();
                self.result.extend_from_slice(bytes);
            }
            Chunk::Empty => {}
            Chunk::End => self.stdout = None,
        }
        true
    }

    /// Reads standard error once. Returns whether there were bytes.
    fn read_log(&mut self) -> bool {
        let Some(stderr) = &self.stderr else {
            return false;
        };
        match stderr.read(&mut self.buffer) {
            Chunk::Bytes(count) => {
                self.log.push(self.buffer.get(..count).unwrap_or_default());
                true
            }
            Chunk::Empty => false,
            Chunk::End => {
                self.stderr = None;
                false
            }
        }
    }

    /// Reads the rest of standard error. A process that escaped could write without end.
    fn drain_log(&mut self) {
        for _ in 0..CHUNK / 1024 {
            if !self.read_log() {
                return;
            }
        }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("processes", &self.processes.len())
            .field("is_ended", &self.is_ended)
            .finish_non_exhaustive()
    }
}
