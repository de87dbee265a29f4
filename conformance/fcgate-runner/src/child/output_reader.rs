//! The thread that reads the stdout and stderr of an adapter, and writes the backlog of its stdin.

use std::io::{self, PipeReader};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use fcgate_http::clock;

use super::fault::Kind;
use super::line_splitter::{LONGEST, LineSplitter, Split};
use super::pipe::{Chunk, read_chunk};
use super::process::Process;
use super::reply_line;
use super::stderr::Stderr;
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
    /// Other threads write to this pipe to wake the reader.
    wake: PipeReader,
    stdout: Option<OwnedFd>,
    stderr: Stderr,
    /// The time when the adapter closed its stdout.
    closed: Option<Instant>,
    splitter: LineSplitter,
    buffer: Vec<u8>,
}

/// The pipes that are ready for reading or writing.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four pipes, each ready or not"
)]
struct Ready {
    wake: bool,
    stdout: bool,
    stderr: bool,
    stdin: bool,
}

impl OutputReader {
    pub(super) fn new(
        process: Arc<Process>,
        wake: PipeReader,
        stdout: OwnedFd,
        stderr: OwnedFd,
    ) -> Self {
        Self {
            process,
            wake,
            stdout: Some(stdout),
            stderr: Stderr::new(stderr),
            closed: None,
            splitter: LineSplitter::default(),
            buffer: vec![0; CHUNK],
        }
    }

    /// Makes all pipes non-blocking.
    pub(super) fn unblock(&self) -> io::Result<()> {
        rustix::io::ioctl_fionbio(&self.wake, true)?;
        for pipe in [&self.stdout, &self.stderr.pipe].into_iter().flatten() {
            rustix::io::ioctl_fionbio(pipe, true)?;
        }
        Ok(())
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
            let ready = self.wait_until_ready(until);
            self.transfer(&ready);
        }
        self.stderr.drain(&self.process, &mut self.buffer);
        self.end();
    }

    fn wait_until_ready(&self, until: Option<Instant>) -> Ready {
        let stdin = self.process.stdin.pipe_with_backlog();
        let mut pipes = Vec::with_capacity(4);
        pipes.push(PollFd::new(&self.wake, PollFlags::IN));
        for pipe in [&self.stdout, &self.stderr.pipe].into_iter().flatten() {
            pipes.push(PollFd::new(pipe, PollFlags::IN));
        }
        if let Some(stdin) = &stdin {
            pipes.push(PollFd::new(stdin, PollFlags::OUT));
        }
        let left = until.map(|until| until.saturating_duration_since(clock::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        if poll(&mut pipes, left.as_ref()).is_err() {
            return Ready::default();
        }
        let mut pipes = pipes.iter().map(|pipe| !pipe.revents().is_empty());
        let mut next = |is_open: bool| is_open && pipes.next().unwrap_or(false);
        Ready {
            wake: next(true),
            stdout: next(self.stdout.is_some()),
            stderr: next(self.stderr.pipe.is_some()),
            stdin: next(stdin.is_some()),
        }
    }

    fn transfer(&mut self, ready: &Ready) {
        if ready.wake {
            while let Chunk::Bytes(_) = read_chunk(&self.wake, &mut self.buffer) {}
        }
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
        let split = match read_chunk(stdout, &mut self.buffer) {
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
