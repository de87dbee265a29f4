//! The pipes of an adapter, all non-blocking, and the wait for them.

use std::io::{self, PipeReader, PipeWriter};
use std::os::fd::OwnedFd;
use std::process::Child;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, ioctl_fionbio, read, write};

use super::super::ready::{Chunk, Ready, Written};

/// The pipes of one process of an adapter.
pub(in crate::child) struct Pipes {
    pub(in crate::child) stdin: StdinPipe,
    pub(in crate::child) stdout: OutputPipe,
    pub(in crate::child) stderr: OutputPipe,
    pub(in crate::child) poller: Poller,
    pub(in crate::child) waker: Waker,
}

/// The write end of stdin.
pub(in crate::child) struct StdinPipe(OwnedFd);

/// The read end of stdout or stderr.
pub(in crate::child) struct OutputPipe(OwnedFd);

/// Waits until a pipe is ready.
pub(in crate::child) struct Poller(PipeReader);

/// Ends the wait of a [`Poller`], from any thread.
pub(in crate::child) struct Waker(PipeWriter);

impl Pipes {
    /// Takes the pipes of a child process.
    pub(in crate::child) fn take(child: &mut Child) -> io::Result<Self> {
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::other("the child process has no pipes"));
        };
        let (poller, waker) = io::pipe()?;
        ioctl_fionbio(&poller, true)?;
        ioctl_fionbio(&waker, true)?;
        Ok(Self {
            stdin: StdinPipe::new(stdin)?,
            stdout: OutputPipe::new(stdout)?,
            stderr: OutputPipe::new(stderr)?,
            poller: Poller(poller),
            waker: Waker(waker),
        })
    }
}

impl StdinPipe {
    pub(in crate::child) fn new(pipe: impl Into<OwnedFd>) -> io::Result<Self> {
        let pipe = pipe.into();
        ioctl_fionbio(&pipe, true)?;
        Ok(Self(pipe))
    }

    /// Writes as many bytes as fit.
    pub(in crate::child) fn write(&self, bytes: &[u8]) -> Written {
        loop {
            match write(&self.0, bytes) {
                Ok(count) => return Written::Bytes(count),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Written::Full,
                Err(_) => return Written::Closed,
            }
        }
    }
}

impl OutputPipe {
    fn new(pipe: impl Into<OwnedFd>) -> io::Result<Self> {
        let pipe = pipe.into();
        ioctl_fionbio(&pipe, true)?;
        Ok(Self(pipe))
    }

    /// Reads once.
    pub(in crate::child) fn read(&self, buffer: &mut [u8]) -> Chunk {
        loop {
            match read(&self.0, &mut *buffer) {
                Ok(0) => return Chunk::End,
                Ok(count) => return Chunk::Bytes(count),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Chunk::Empty,
                Err(_) => return Chunk::End,
            }
        }
    }
}

impl Poller {
    /// Waits until one of these pipes is ready, until the waker wakes it, or for this time.
    pub(in crate::child) fn wait(
        &self,
        stdout: Option<&OutputPipe>,
        stderr: Option<&OutputPipe>,
        stdin: Option<&StdinPipe>,
        limit: Option<Duration>,
    ) -> Ready {
        let mut pipes = Vec::with_capacity(4);
        pipes.push(PollFd::new(&self.0, PollFlags::IN));
        for pipe in [stdout, stderr].into_iter().flatten() {
            pipes.push(PollFd::new(&pipe.0, PollFlags::IN));
        }
        if let Some(stdin) = stdin {
            pipes.push(PollFd::new(&stdin.0, PollFlags::OUT));
        }
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        if poll(&mut pipes, limit.as_ref()).is_err() {
            return Ready::default();
        }
        let mut pipes = pipes.iter().map(|pipe| !pipe.revents().is_empty());
        let mut next = |is_open: bool| is_open && pipes.next().unwrap_or(false);
        let is_woken = next(true);
        let ready = Ready {
            stdout: next(stdout.is_some()),
            stderr: next(stderr.is_some()),
            stdin: next(stdin.is_some()),
        };
        if is_woken {
            let mut buffer = [0; 64];
            while let Ok(1..) | Err(Errno::INTR) = read(&self.0, &mut buffer) {}
        }
        ready
    }
}

impl Waker {
    /// Ends the current wait, or the next one.
    pub(in crate::child) fn wake(&self) {
        // A full pipe wakes the poller too.
        let _ = write(&self.0, &[0]);
    }
}
