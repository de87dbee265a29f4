//! The pipes of an adapter, each with a thread that reads or writes it, and the wait for them.

use std::io::{self, Read, Write};
use std::process::Child;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::super::ready::{Chunk, Ready, Written};
use super::shared::{AllPipes, Buffer, CAPACITY, Shared};

/// The pipes of one process of an adapter.
pub(in crate::child) struct Pipes {
    pub(in crate::child) stdin: StdinPipe,
    pub(in crate::child) stdout: OutputPipe,
    pub(in crate::child) stderr: OutputPipe,
    pub(in crate::child) poller: Poller,
    pub(in crate::child) waker: Waker,
}

/// The write end of stdin.
pub(in crate::child) struct StdinPipe(Arc<Shared>);

/// The read end of stdout or stderr.
pub(in crate::child) struct OutputPipe {
    shared: Arc<Shared>,
    buffer: SelectBuffer,
}

/// Waits until a pipe is ready.
pub(in crate::child) struct Poller(Arc<Shared>);

/// Ends the wait of a [`Poller`], from any thread.
pub(in crate::child) struct Waker(Arc<Shared>);

type SelectBuffer = fn(&mut AllPipes) -> &mut Buffer;

impl Pipes {
    /// Takes the pipes of a child process.
    pub(in crate::child) fn take(child: &mut Child) -> io::Result<Self> {
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::other("the child process has no pipes"));
        };
        Self::new(stdin, stdout, stderr)
    }

    fn new(
        stdin: impl Write + Send + 'static,
        stdout: impl Read + Send + 'static,
        stderr: impl Read + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::<Shared>::default();
        Ok(Self {
            stdin: StdinPipe::new(&shared, stdin)?,
            stdout: OutputPipe::new(&shared, |pipes| &mut pipes.stdout, stdout)?,
            stderr: OutputPipe::new(&shared, |pipes| &mut pipes.stderr, stderr)?,
            poller: Poller(Arc::clone(&shared)),
            waker: Waker(shared),
        })
    }
}

impl StdinPipe {
    fn new(shared: &Arc<Shared>, pipe: impl Write + Send + 'static) -> io::Result<Self> {
        let buffer = Arc::clone(shared);
        thread::Builder::new()
            .name("adapter-stdin".to_owned())
            .spawn(move || write_all(&buffer, pipe))?;
        Ok(Self(Arc::clone(shared)))
    }

    /// Accepts as many bytes as fit.
    pub(in crate::child) fn write(&self, bytes: &[u8]) -> Written {
        self.0.change(|pipes| {
            let stdin = &mut pipes.stdin;
            let count = stdin.room().min(bytes.len());
            match bytes.get(..count) {
                _ if stdin.is_closed => Written::Closed,
                Some(fitting @ [_, ..]) => {
                    stdin.bytes.extend(fitting);
                    Written::Bytes(count)
                }
                _ => Written::Full,
            }
        })
    }
}

impl Drop for StdinPipe {
    /// The thread writes the remaining bytes and closes the pipe.
    fn drop(&mut self) {
        self.0.change(|pipes| pipes.stdin.is_ended = true);
    }
}

impl OutputPipe {
    fn new(
        shared: &Arc<Shared>,
        buffer: SelectBuffer,
        pipe: impl Read + Send + 'static,
    ) -> io::Result<Self> {
        let thread_shared = Arc::clone(shared);
        thread::Builder::new()
            .name("adapter-pipe".to_owned())
            .spawn(move || read_all(&thread_shared, buffer, pipe))?;
        Ok(Self {
            shared: Arc::clone(shared),
            buffer,
        })
    }

    /// Reads the bytes that have arrived.
    pub(in crate::child) fn read(&self, into: &mut [u8]) -> Chunk {
        self.shared.change(|pipes| {
            let buffer = (self.buffer)(pipes);
            match buffer.take(into) {
                0 if buffer.is_ended => Chunk::End,
                0 => Chunk::Empty,
                count => Chunk::Bytes(count),
            }
        })
    }
}

impl Drop for OutputPipe {
    /// The thread stops after its current read.
    fn drop(&mut self) {
        self.shared
            .change(|pipes| (self.buffer)(pipes).is_closed = true);
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
        let is_readable = |buffer: &Buffer| buffer.is_ended || !buffer.bytes.is_empty();
        let ready = |pipes: &AllPipes| Ready {
            stdout: stdout.is_some() && is_readable(&pipes.stdout),
            stderr: stderr.is_some() && is_readable(&pipes.stderr),
            stdin: stdin.is_some() && (pipes.stdin.is_closed || pipes.stdin.room() > 0),
        };
        let is_over = |pipes: &mut AllPipes| pipes.is_woken || ready(pipes) != Ready::default();
        let mut pipes = match limit {
            Some(limit) => self.0.wait_for(limit, is_over),
            None => self.0.wait_until(is_over),
        };
        pipes.is_woken = false;
        ready(&pipes)
    }
}

impl Waker {
    /// Ends the current wait, or the next one.
    pub(in crate::child) fn wake(&self) {
        self.0.change(|pipes| pipes.is_woken = true);
    }
}

/// Writes the bytes of stdin until it is ended or the process closes it.
fn write_all(shared: &Shared, mut pipe: impl Write) {
    let mut chunk = vec![0; CAPACITY];
    loop {
        let count = {
            let mut pipes =
                shared.wait_until(|pipes| pipes.stdin.is_ended || !pipes.stdin.bytes.is_empty());
            pipes.stdin.take(&mut chunk)
        };
        // The buffer has room again.
        shared.change(|_| ());
        let bytes = chunk.get(..count).unwrap_or_default();
        if bytes.is_empty() || pipe.write_all(bytes).and_then(|()| pipe.flush()).is_err() {
            break;
        }
    }
    shared.change(|pipes| pipes.stdin.is_closed = true);
}

/// Reads an output to its end, or until its reader is dropped.
fn read_all(shared: &Shared, buffer: SelectBuffer, mut pipe: impl Read) {
    let mut chunk = vec![0; CAPACITY];
    loop {
        let count = match pipe.read(&mut chunk) {
            Ok(count @ 1..) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Ok(0) | Err(_) => break,
        };
        let bytes = chunk.get(..count).unwrap_or_default();
        let is_closed = {
            let mut pipes = shared.wait_until(|pipes| {
                let buffer = buffer(pipes);
                buffer.is_closed || buffer.room() > 0
            });
            buffer(&mut pipes).is_closed
        };
        if is_closed {
            return;
        }
        shared.change(|pipes| buffer(pipes).bytes.extend(bytes));
    }
    shared.change(|pipes| buffer(pipes).is_ended = true);
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read as _, Write as _};

    use super::super::super::ready::{Chunk, Ready, Written};
    use super::{CAPACITY, Pipes};

    /// The pipes and their other ends: of stdin, stdout and stderr.
    fn pipes() -> (Pipes, io::PipeReader, io::PipeWriter, io::PipeWriter) {
        let (stdin_end, stdin) = io::pipe().unwrap();
        let (stdout, stdout_end) = io::pipe().unwrap();
        let (stderr, stderr_end) = io::pipe().unwrap();
        let pipes = Pipes::new(stdin, stdout, stderr).unwrap();
        (pipes, stdin_end, stdout_end, stderr_end)
    }

    #[test]
    fn bytes_and_the_end_of_an_output_end_the_wait() {
        let (pipes, _stdin, mut stdout, stderr) = pipes();
        let wait = |stderr| pipes.poller.wait(Some(&pipes.stdout), stderr, None, None);
        let mut buffer = [0; 8];
        stdout.write_all(b"reply").unwrap();
        let of_stdout = Ready {
            stdout: true,
            ..Ready::default()
        };
        assert_eq!(wait(Some(&pipes.stderr)), of_stdout);
        assert_eq!(pipes.stdout.read(&mut buffer), Chunk::Bytes(5));
        assert_eq!(&buffer[..5], b"reply");
        assert_eq!(pipes.stdout.read(&mut buffer), Chunk::Empty);
        drop(stderr);
        assert!(wait(Some(&pipes.stderr)).stderr);
        assert_eq!(pipes.stderr.read(&mut buffer), Chunk::End);
        drop(stdout);
        assert_eq!(wait(None), of_stdout);
        assert_eq!(pipes.stdout.read(&mut buffer), Chunk::End);
    }

    #[test]
    fn a_waker_ends_the_next_wait() {
        let (pipes, _stdin, _stdout, _stderr) = pipes();
        pipes.waker.wake();
        let ready = pipes.poller.wait(Some(&pipes.stdout), None, None, None);
        assert_eq!(ready, Ready::default());
    }

    #[test]
    fn a_full_stdin_accepts_no_bytes_and_does_not_block() {
        let (pipes, mut stdin, ..) = pipes();
        let chunk = vec![b'a'; CAPACITY];
        let mut accepted = 0;
        // The buffer and the pipe of the system hold a few chunks at most.
        let mut is_full = false;
        for _ in 0..10_000 {
            match pipes.stdin.write(&chunk) {
                Written::Bytes(count) => accepted += count,
                Written::Full => is_full = true,
                Written::Closed => panic!("the read end is open"),
            }
        }
        assert!(is_full);
        drop(pipes);
        let mut received = Vec::new();
        stdin.read_to_end(&mut received).unwrap();
        assert_eq!(received.len(), accepted);
    }

    #[test]
    fn a_closed_read_end_of_stdin_is_reported() {
        let (pipes, stdin, ..) = pipes();
        drop(stdin);
        while pipes.stdin.write(b"line\n") != Written::Closed {
            pipes.poller.wait(None, None, Some(&pipes.stdin), None);
        }
    }

    #[test]
    fn an_output_that_is_not_read_blocks_the_writer_until_it_is_dropped() {
        let (pipes, _stdin, mut stdout, _stderr) = pipes();
        let writer = std::thread::spawn(move || stdout.write_all(&vec![b'a'; 40 * CAPACITY]));
        pipes.poller.wait(Some(&pipes.stdout), None, None, None);
        drop(pipes);
        assert!(writer.join().unwrap().is_err());
    }
}
