//! The thread that reads the stdout and stderr of an adapter, and writes the backlog of its stdin.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fcgate_http::clock;

use super::fault::Kind;
use super::line_splitter::{LONGEST, LineSplitter, Split};
use super::process::Process;
use super::reply_line;
use super::stderr::Stderr;
use super::system::{Chunk, OutputPipe, Poller};
use super::violation::Violation;

/// The maximum number of bytes per read.
const CHUNK: usize = 64 * 1024;

/// The time limit for reading the pipes after the process exited.
const GRACE: Duration = Duration::from_secs(1);

/// The time limit for the exit of a process that closed its stdout before `bye`. On a busy machine a process that exits
/// needs more than a second for it.
const EXIT_GRACE: Duration = Duration::from_secs(3);

/// Reads both outputs of a process.
pub(super) struct OutputReader {
    process: Arc<Process>,
    poller: Poller,
    stdout: Option<OutputPipe>,
    stderr: Stderr,
    /// The time when the adapter closed its stdout.
    closed: Option<Instant>,
    splitter: LineSplitter,
    buffer: Vec<u8>,
}

impl OutputReader {
    pub(super) fn new(
        process: Arc<Process>,
        poller: Poller,
        stdout: OutputPipe,
        stderr: OutputPipe,
    ) -> Self {
        Self {
            process,
            poller,
            stdout: Some(stdout),
            stderr: Stderr::new(stderr),
            closed: None,
            splitter: LineSplitter::default(),
            buffer: vec![0; CHUNK],
        }
    }

    /// Reads until the process has exited and all its output is read.
    pub(super) fn run(mut self) {
        loop {
            let (exited, is_exiting, was_sent_bye, is_terminated) = {
                let pending = self.process.pending();
                (
                    pending.exited,
                    pending.exiting,
                    pending.was_sent_bye,
                    pending.terminated.is_some(),
                )
            };
            if is_terminated {
                // The remaining output is ignored.
                self.stdout = None;
                self.stderr.pipe = None;
            }
            if exited.is_some() && self.stdout.is_none() {
                break;
            }
            // `bye` has a limit of its own.
            let closed = self.closed.filter(|_| !is_exiting && !was_sent_bye);
            let until = exited.map(|(_, at)| at + GRACE);
            let until = until.or(closed.map(|at| at + EXIT_GRACE));
            let until = until.filter(|_| !is_terminated);
            if until.is_some_and(|until| clock::now() >= until) {
                if exited.is_some() {
                    break;
                }
                let text = "the adapter closed its stdout but is still running";
                self.fail(Violation::new(Kind::Eof, text), &[]);
                continue;
            }
            self.wait_and_transfer(until);
        }
        self.stderr.drain(&self.process, &mut self.buffer);
        self.end();
    }

    /// Waits until a pipe is ready, and reads or writes it.
    fn wait_and_transfer(&mut self, until: Option<Instant>) {
        let stdin = self.process.stdin.pipe_with_backlog();
        let ready = self.poller.wait(
            self.stdout.as_ref(),
            self.stderr.pipe.as_ref(),
            stdin.as_deref(),
            until.map(|until| until.saturating_duration_since(clock::now())),
        );
        drop(stdin);
        if ready.stdin {
            self.process.stdin.write_backlog();
        }
        if ready.stderr {
            self.stderr.read(&self.process, &mut self.buffer);
        }
        if ready.stdout {
            self.read_stdout();
        }
    }

    /// Reads stdout once.
    fn read_stdout(&mut self) {
        let Some(stdout) = &self.stdout else {
            return;
        };
        self.splitter.reuse(|| self.process.take_memory());
        let split = match stdout.read(&mut self.buffer) {
            Chunk::Bytes(count) => self
                .splitter
                .push(self.buffer.get(..count).unwrap_or_default()),
            Chunk::Empty => return,
            Chunk::End => {
                self.stdout = None;
                self.closed = Some(clock::now());
                self.process.pending().stdout_closed = true;
                return;
            }
        };
        let (lines, too_long) = match split {
            Split::Lines(lines) => (lines, None),
            Split::TooLong(lines, start) => (lines, Some(start)),
        };
        if !lines.is_empty() {
            self.process.pending().delivering = true;
            // Text that the adapter wrote to stderr before a reply belongs to that reply.
            self.stderr.drain(&self.process, &mut self.buffer);
            let delivered = lines.into_iter().try_for_each(|line| self.deliver(line));
            let is_broken = delivered.is_err();
            if let Err((line, violation)) = delivered {
                self.fail(violation, &line);
            }
            self.process.pending().delivering = false;
            self.process.notify();
            if is_broken {
                return;
            }
        }
        if let Some(start) = too_long {
            let text = format!("the adapter wrote a line of more than {LONGEST} bytes");
            self.fail(Violation::new(Kind::TooLong, text), &start);
        }
    }

    /// Delivers one line of stdout. Returns the line if it is not a reply to a pending request.
    fn deliver(&self, line: Vec<u8>) -> Result<(), (Vec<u8>, Violation)> {
        let (seq, line) = reply_line::parse(line)?;
        let delivered = self.process.pending().deliver(&seq, line);
        delivered.map_err(|(line, violation)| (line.into_bytes(), violation))
    }

    /// Reports that the process has exited and no more output is read.
    fn end(self) {
        let incomplete = self.splitter.incomplete();
        let exited = self.process.pending().exited;
        if !incomplete.is_empty() && exited.is_some_and(|(status, _)| status.is_success()) {
            let text = "the adapter exited with status 0 in the middle of a line";
            self.fail(Violation::new(Kind::TruncatedLine, text), incomplete);
        }
        self.process.pending().end_output();
        self.process.notify();
    }

    fn fail(&self, violation: Violation, line: &[u8]) {
        self.process
            .break_protocol(self.process.quote_line(violation, line));
    }
}
