//! A process that runs until it is ended, and what it wrote.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::environment;
use super::lock::lock;
use super::program::Program;
use super::reaped_process::ReapedProcess;
use super::ring_buffer::RingBuffer;
use super::stderr_tail::StderrTail;
use super::system::{Chunk, OutputPipe, Pipes, Poller, StdinPipe, Waker};

/// The time limit for the exit of a killed process.
const KILL_LIMIT: Duration = Duration::from_secs(3);

/// The maximum number of bytes per read.
const CHUNK: usize = 64 * 1024;

/// The most reads at a time: more than a pipe holds. A process may write without end.
const READS: usize = 64;

/// The process of a server that the gate starts. Dropping it kills the process and its descendants.
pub struct ServerProcess {
    process: ReapedProcess,
    /// Open until the end: the supervisor ends the process when it is closed.
    _stdin: StdinPipe,
    output: Arc<Output>,
}

/// Both outputs of the process.
struct Output {
    pipes: Mutex<OutputPipes>,
    waker: Waker,
}

struct OutputPipes {
    stdout: Option<Arc<OutputPipe>>,
    stderr: Option<Arc<OutputPipe>>,
    kept: RingBuffer,
    buffer: Vec<u8>,
    is_ended: bool,
}

impl ServerProcess {
    /// Starts the process with these environment variables in addition to those that every adapter receives.
    ///
    /// # Errors
    ///
    /// If the process or its threads cannot be started.
    pub fn start(program: &Program, variables: &[(String, String)]) -> io::Result<Self> {
        let (reaper, pipes) = program.start(variables)?;
        let Pipes {
            stdin,
            stdout,
            stderr,
            poller,
            waker,
        } = pipes;
        let output = Arc::new(Output {
            pipes: Mutex::new(OutputPipes {
                stdout: Some(Arc::new(stdout)),
                stderr: Some(Arc::new(stderr)),
                kept: RingBuffer::default(),
                buffer: vec![0; CHUNK],
                is_ended: false,
            }),
            waker,
        });
        let process = ReapedProcess::new(reaper, || ())?;
        let shared = Arc::clone(&output);
        thread::Builder::new()
            .name("server-output".to_owned())
            .spawn(move || shared.read(&poller))?;
        Ok(Self {
            process,
            _stdin: stdin,
            output,
        })
    }

    /// The exit status in words, if the process has exited.
    pub fn exited(&self) -> Option<String> {
        self.process.exited().map(|status| status.to_string())
    }

    /// Waits for the exit of the process, for at most this time, and returns its exit status in words.
    pub fn wait_for_exit(&self, limit: Duration) -> Option<String> {
        let status = self.process.wait_for_exit(limit);
        status.map(|status| status.to_string())
    }

    /// The number of bytes that the process has written so far to both outputs.
    pub fn output_position(&self) -> u64 {
        let mut pipes = lock(&self.output.pipes);
        pipes.read_all();
        pipes.kept.position()
    }

    /// What the process wrote after a position to both outputs, at most the last 64 KiB.
    pub fn output_since(&self, position: u64) -> Vec<u8> {
        let mut pipes = lock(&self.output.pipes);
        pipes.read_all();
        pipes.kept.since(position)
    }

    /// The last lines of both outputs, escaped and without credentials.
    pub fn last_lines(&self) -> String {
        let mut pipes = lock(&self.output.pipes);
        pipes.read_all();
        let text = environment::redact_withheld(&pipes.kept.bytes());
        StderrTail::of(&text, pipes.kept.dropped()).lines()
    }

    /// Kills the process and its descendants, and waits until they are gone.
    pub fn kill_and_wait(&self) {
        self.process.kill();
        self.process.wait(KILL_LIMIT);
    }
}

impl Output {
    /// Reads both outputs, so that a full pipe never blocks the process.
    fn read(&self, poller: &Poller) {
        loop {
            let (stdout, stderr) = {
                let pipes = lock(&self.pipes);
                if pipes.is_ended {
                    return;
                }
                (pipes.stdout.clone(), pipes.stderr.clone())
            };
            if stdout.is_none() && stderr.is_none() {
                return;
            }
            poller.wait(stdout.as_deref(), stderr.as_deref(), None, None);
            lock(&self.pipes).read_all();
        }
    }
}

impl OutputPipes {
    /// Reads what has arrived.
    fn read_all(&mut self) {
        let Self {
            stdout,
            stderr,
            kept,
            buffer,
            ..
        } = self;
        for pipe in [stdout, stderr] {
            for _ in 0..READS {
                match pipe.as_ref().map(|pipe| pipe.read(buffer)) {
                    Some(Chunk::Bytes(count)) => {
                        kept.push(buffer.get(..count).unwrap_or_default());
                    }
                    Some(Chunk::End) => *pipe = None,
                    Some(Chunk::Empty) | None => break,
                }
            }
        }
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        lock(&self.output.pipes).is_ended = true;
        self.output.waker.wake();
    }
}

impl fmt::Debug for ServerProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerProcess")
            .field("exited", &self.exited())
            .finish_non_exhaustive()
    }
}
