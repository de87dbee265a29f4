//! The thread that hears everything that an adapter says.

use std::io::{self, PipeReader};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use fcgate_http::clock;

use super::fault::Kind;
use super::lines::{Cut, LONGEST, Lines};
use super::pipe::{Piece, piece};
use super::process::Process;
use super::reply::{self, Complaint};
use super::side::Side;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// How long what is still in the pipes is read when the process has ended, and how long a process
/// that has closed its output is given to be seen ended.
const AFTERMATH: Duration = Duration::from_secs(1);

/// Both outputs of a process, and the bell by which the other threads wake this one.
pub(super) struct Ear {
    process: Arc<Process>,
    bell: PipeReader,
    stdout: Option<OwnedFd>,
    stderr: Side,
    /// When standard output was closed.
    closed: Option<Instant>,
    lines: Lines,
    buffer: Vec<u8>,
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
            stderr: Side::new(stderr),
            closed: None,
            lines: Lines::default(),
            buffer: vec![0; PIECE],
        }
    }

    /// From now on no reading waits.
    pub(super) fn unblock(&self) -> io::Result<()> {
        rustix::io::ioctl_fionbio(&self.bell, true)?;
        for pipe in [&self.stdout, &self.stderr.pipe].into_iter().flatten() {
            rustix::io::ioctl_fionbio(pipe, true)?;
        }
        Ok(())
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
                self.stderr.pipe = None;
            }
            if ended.is_some() && self.stdout.is_none() {
                break;
            }
            let since = ended.map(|(_, at)| at).or(self.closed);
            let until = since.filter(|_| !given_up).map(|since| since + AFTERMATH);
            if until.is_some_and(|until| clock::now() >= until) {
                if ended.is_some() {
                    break;
                }
                let what = "the adapter closed its stdout and lives on";
                self.fail(Complaint::new(Kind::Eof, what), &[]);
                continue;
            }
            self.take(&self.ready(until));
        }
        self.stderr.drain(&self.process, &mut self.buffer);
        self.end();
    }

    fn ready(&self, until: Option<Instant>) -> Ready {
        let waiting = self.process.feed.waiting();
        let mut ends = Vec::with_capacity(4);
        ends.push(PollFd::new(&self.bell, PollFlags::IN));
        for pipe in [&self.stdout, &self.stderr.pipe].into_iter().flatten() {
            ends.push(PollFd::new(pipe, PollFlags::IN));
        }
        if let Some(stdin) = &waiting {
            ends.push(PollFd::new(stdin, PollFlags::OUT));
        }
        let left = until.map(|until| until.saturating_duration_since(clock::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        if poll(&mut ends, left.as_ref()).is_err() {
            return Ready::default();
        }
        let mut ends = ends.iter().map(|end| !end.revents().is_empty());
        let mut next = |there: bool| there && ends.next().unwrap_or(false);
        Ready {
            bell: next(true),
            stdout: next(self.stdout.is_some()),
            stderr: next(self.stderr.pipe.is_some()),
            stdin: next(waiting.is_some()),
        }
    }

    fn take(&mut self, ready: &Ready) {
        if ready.bell {
            while let Piece::Bytes(_) = piece(&self.bell, &mut self.buffer) {}
        }
        if ready.stdin {
            self.process.feed.pump();
        }
        if ready.stderr {
            self.stderr.read(&self.process, &mut self.buffer);
        }
        if ready.stdout {
            self.read();
        }
    }

    /// Reads from standard output, once.
    fn read(&mut self) {
        let Some(stdout) = &self.stdout else {
            return;
        };
        self.lines.reuse(|| self.process.spare());
        let cut = match piece(stdout, &mut self.buffer) {
            Piece::Bytes(count) => self
                .lines
                .push(self.buffer.get(..count).unwrap_or_default()),
            Piece::Nothing => return,
            Piece::End => {
                self.stdout = None;
                self.closed = Some(clock::now());
                self.process.table().closed = true;
                return;
            }
        };
        let (lines, too_long) = match cut {
            Cut::Lines(lines) => (lines, None),
            Cut::TooLong(lines, begun) => (lines, Some(begun)),
        };
        if !lines.is_empty() {
            self.process.table().hearing = true;
            // What was written there before a reply belongs to that reply.
            self.stderr.drain(&self.process, &mut self.buffer);
            let heard = lines.into_iter().try_for_each(|line| self.hear(line));
            let broken = heard.is_err();
            if let Err((line, complaint)) = heard {
                self.fail(complaint, &line);
            }
            self.process.table().hearing = false;
            self.process.tell();
            if broken {
                return;
            }
        }
        if let Some(begun) = too_long {
            let what = format!("a line of the adapter is longer than {LONGEST} bytes");
            self.fail(Complaint::new(Kind::TooLong, what), &begun);
        }
    }

    /// Takes one line of standard output, which is given back if it is no answer.
    fn hear(&self, line: Vec<u8>) -> Result<(), (Vec<u8>, Complaint)> {
        let (seq, line) = reply::read(line)?;
        let answered = self.process.table().answer(&seq, line);
        answered.map_err(|(line, complaint)| (line.into_bytes(), complaint))
    }

    /// The process has ended and everything is heard, or its time is over.
    fn end(self) {
        let begun = self.lines.begun();
        let ended = self.process.table().ended;
        if !begun.is_empty() && ended.is_some_and(|(ending, _)| ending.is_success()) {
            let what = "the adapter exited with status 0 within a line";
            self.fail(Complaint::new(Kind::TruncatedLine, what), begun);
        }
        self.process.table().fall_silent();
        self.process.tell();
    }

    fn fail(&self, complaint: Complaint, line: &[u8]) {
        self.process.fail(self.process.quoting(complaint, line));
    }
}
