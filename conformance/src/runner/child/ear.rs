//! The thread that hears everything that an adapter says.

use std::io::PipeReader;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::clock;

use super::fault::{Fault, Kind};
use super::lines::{LONGEST, Lines, Piece};
use super::process::Process;
use super::reply::{self, Complaint};
use super::table::{Down, Lost};

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// How much of standard error is read before a reply is passed on: what the largest pipe may hold.
const BEFORE_A_REPLY: usize = 1024 * 1024;

/// How long what is still in the pipes is read when the process has ended, and how long a process
/// that has closed its output is given to be seen ended.
const AFTERMATH: Duration = Duration::from_secs(1);

pub(super) struct Ear {
    process: Arc<Process>,
    bell: PipeReader,
    stdout: Option<OwnedFd>,
    stderr: Option<OwnedFd>,
    /// When standard output was closed.
    closed: Option<Instant>,
    lines: Lines,
    /// The end of what was read of standard error; a secret may go on after it.
    tail: Vec<u8>,
    buffer: Vec<u8>,
}

/// What one reading gave.
enum Read {
    /// So many bytes, in the buffer.
    Some(usize),
    Nothing,
    End,
}

/// What can be read or written.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four ends of pipes, each ready or not"
)]
struct Ready {
    bell: bool,
    stdout: bool,
    stderr: bool,
    stdin: bool,
}

impl Ear {
    pub(super) fn new(
        process: Arc<Process>,
        bell: PipeReader,
        stdout: OwnedFd,
        stderr: OwnedFd,
    ) -> Self {
        Self {
            process,
            bell,
            stdout: Some(stdout),
            stderr: Some(stderr),
            closed: None,
            lines: Lines::default(),
            tail: Vec::new(),
            buffer: vec![0; PIECE],
        }
    }

    /// Listens until the process has ended and everything is heard.
    pub(super) fn listen(mut self) {
        loop {
            let (ended, given_up) = {
                let table = self.process.table();
                (table.ended, table.down.is_some())
            };
            if given_up {
                // What it still says is for nobody.
                self.stdout = None;
                self.stderr = None;
            }
            if ended.is_some() && self.stdout.is_none() {
                break;
            }
            let until = match (ended, self.closed) {
                _ if given_up => None,
                (Some((_, at)), _) | (None, Some(at)) => Some(at + AFTERMATH),
                (None, None) => None,
            };
            if until.is_some_and(|until| clock::now() >= until) {
                if ended.is_some() {
                    break;
                }
                self.fail(
                    Complaint::new(Kind::Eof, "the adapter closed its stdout and lives on"),
                    &[],
                );
                continue;
            }
            let ready = self.ready(until);
            if ready.bell {
                self.read_bell();
            }
            if ready.stdin {
                self.process.feed.pump();
            }
            if ready.stderr {
                self.read_stderr();
            }
            if ready.stdout {
                self.read_stdout();
            }
        }
        self.end();
    }

    fn ready(&self, until: Option<Instant>) -> Ready {
        let waiting = self.process.feed.waiting();
        let mut ends = Vec::with_capacity(4);
        ends.push(PollFd::new(&self.bell, PollFlags::IN));
        for pipe in [&self.stdout, &self.stderr].into_iter().flatten() {
            ends.push(PollFd::new(pipe, PollFlags::IN));
        }
        if let Some(stdin) = &waiting {
            ends.push(PollFd::new(stdin, PollFlags::OUT));
        }
        let left = until.and_then(|until| {
            Timespec::try_from(until.saturating_duration_since(clock::now())).ok()
        });
        if poll(&mut ends, left.as_ref()).is_err() {
            return Ready::default();
        }
        let mut ends = ends.iter().map(|end| !end.revents().is_empty());
        let mut next = |there: bool| there && ends.next().unwrap_or(false);
        Ready {
            bell: next(true),
            stdout: next(self.stdout.is_some()),
            stderr: next(self.stderr.is_some()),
            stdin: next(waiting.is_some()),
        }
    }

    fn read_bell(&mut self) {
        while let Read::Some(_) = read(&self.bell, &mut self.buffer) {}
    }

    fn read_stdout(&mut self) {
        let Some(stdout) = &self.stdout else {
            return;
        };
        let piece = match read(stdout, &mut self.buffer) {
            Read::Some(count) => self
                .lines
                .push(self.buffer.get(..count).unwrap_or_default()),
            Read::Nothing => return,
            Read::End => {
                self.stdout = None;
                self.closed = Some(clock::now());
                self.process.table().closed = true;
                return;
            }
        };
        let (lines, too_long) = match piece {
            Piece::Lines(lines) => (lines, None),
            Piece::TooLong(lines, begun) => (lines, Some(begun)),
        };
        if !lines.is_empty() {
            // What was written there before a reply belongs to that reply.
            self.drain_stderr();
        }
        for line in lines {
            if !self.hear(line) {
                return;
            }
        }
        if let Some(begun) = too_long {
            let what = format!("a line of the adapter is longer than {LONGEST} bytes");
            self.fail(Complaint::new(Kind::TooLong, what), &begun);
        }
    }

    /// Takes one line of standard output; returns whether more may be heard.
    fn hear(&mut self, line: Vec<u8>) -> bool {
        let heard = match reply::read(line) {
            Ok((seq, line)) => {
                let mut table = self.process.table();
                if table.down.is_some() {
                    return false;
                }
                table
                    .answer(&seq, line)
                    .map_err(|(line, complaint)| (line.into_bytes(), complaint))
            }
            Err(wrong) => Err(wrong),
        };
        match heard {
            Ok(()) => {
                self.process.tell();
                true
            }
            Err((line, complaint)) => {
                self.fail(complaint, &line);
                false
            }
        }
    }

    fn drain_stderr(&mut self) {
        let mut count = 0;
        while count < BEFORE_A_REPLY {
            match self.read_stderr() {
                0 => return,
                read => count += read,
            }
        }
    }

    /// Reads once; returns how many bytes there were.
    fn read_stderr(&mut self) -> usize {
        let Some(stderr) = &self.stderr else {
            return 0;
        };
        let count = match read(stderr, &mut self.buffer) {
            Read::Some(count) => count,
            Read::Nothing => return 0,
            Read::End => {
                self.stderr = None;
                return 0;
            }
        };
        let piece = self.buffer.get(..count).unwrap_or_default();
        let secrets = &self.process.secrets;
        self.tail.extend_from_slice(piece);
        let spilled = secrets.in_text(&self.tail);
        let keep = secrets.longest().saturating_sub(1);
        // What was found is not to be found again.
        let keep = if spilled.is_empty() { keep } else { 0 };
        self.tail.drain(..self.tail.len().saturating_sub(keep));
        let mut table = self.process.table();
        table.stderr.push(piece);
        for secret in &spilled {
            table.spill(secret);
        }
        count
    }

    /// The process has ended and everything is heard, or its time is over.
    fn end(mut self) {
        self.drain_stderr();
        let mut table = self.process.table();
        if let (None, Some((ending, _))) = (&table.down, table.ended) {
            if ending.is_success() && !self.lines.begun().is_empty() {
                drop(table);
                let what = "the adapter exited with status 0 within a line";
                let begun = self.lines.begun().to_vec();
                self.fail(Complaint::new(Kind::TruncatedLine, what), &begun);
                table = self.process.table();
            } else {
                let lost = match table.len() {
                    0 | 1 => Lost::Ended(ending),
                    _ => Lost::Together,
                };
                let paid = table.len() > 0;
                table.down = Some(Down::Ended { ending, paid });
                table.give_up(&lost);
            }
        }
        table.silent = true;
        drop(table);
        self.process.tell();
    }

    fn fail(&self, complaint: Complaint, line: &[u8]) {
        let mut fault = Fault::new(complaint.kind, complaint.what);
        if !line.is_empty() {
            fault = fault.quote(&self.process.secrets.mask(line));
        }
        self.process.fail(fault);
    }
}

fn read(pipe: &impl AsFd, buffer: &mut [u8]) -> Read {
    loop {
        match rustix::io::read(pipe.as_fd(), &mut *buffer) {
            Ok(0) => return Read::End,
            Ok(count) => return Read::Some(count),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => return Read::Nothing,
            Err(_) => return Read::End,
        }
    }
}
