//! Writes to the standard input of an adapter. The pipe is non-blocking, so a full pipe never blocks the runner.

use std::sync::{Arc, Mutex};

use super::lock::lock;
use super::system::{StdinPipe, Written};

/// The write end of a pipe, and the backlog: the bytes that did not fit into the pipe yet.
pub(super) struct StdinWriter(Mutex<State>);

struct State {
    pipe: Option<Arc<StdinPipe>>,
    backlog: Vec<u8>,
    written: usize,
}

impl StdinWriter {
    /// Creates a writer for this pipe.
    pub(super) fn new(pipe: StdinPipe) -> Self {
        Self(Mutex::new(State {
            pipe: Some(Arc::new(pipe)),
            backlog: Vec::new(),
            written: 0,
        }))
    }

    /// Writes as many bytes as fit into the pipe and keeps the rest as backlog. Returns whether there is a backlog.
    pub(super) fn write_line(&self, line: &[u8]) -> bool {
        let mut state = lock(&self.0);
        if !state.backlog.is_empty() {
            state.backlog.extend_from_slice(line);
            return true;
        }
        let written = state.write(line);
        state
            .backlog
            .extend_from_slice(line.get(written..).unwrap_or_default());
        !state.backlog.is_empty()
    }

    /// Writes more of the backlog.
    pub(super) fn write_backlog(&self) {
        let mut state = lock(&self.0);
        let backlog = std::mem::take(&mut state.backlog);
        let from = state.written;
        let written = from + state.write(backlog.get(from..).unwrap_or_default());
        if written < backlog.len() {
            state.backlog = backlog;
            state.written = written;
        } else {
            state.written = 0;
        }
    }

    /// The pipe, if there is a backlog.
    pub(super) fn pipe_with_backlog(&self) -> Option<Arc<StdinPipe>> {
        let state = lock(&self.0);
        (!state.backlog.is_empty())
            .then(|| state.pipe.clone())
            .flatten()
    }

    /// Closes the pipe.
    pub(super) fn close(&self) {
        let mut state = lock(&self.0);
        state.pipe = None;
        state.backlog = Vec::new();
        state.written = 0;
    }
}

impl State {
    /// Writes until all bytes are written or the pipe is full. Returns the number of bytes written.
    ///
    /// If the read end is closed, the bytes count as written: the output reader reports the end of the process.
    fn write(&self, bytes: &[u8]) -> usize {
        let mut written = 0;
        while let (Some(pipe), Some(rest @ [_, ..])) = (&self.pipe, bytes.get(written..)) {
            match pipe.write(rest) {
                Written::Bytes(count) => written += count,
                Written::Full => return written,
                Written::Closed => return bytes.len(),
            }
        }
        bytes.len()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;

    use super::super::system::StdinPipe;
    use super::StdinWriter;

    #[test]
    fn a_full_pipe_keeps_a_backlog_and_does_not_block() {
        let (mut reader, pipe) = std::io::pipe().unwrap();
        let writer = StdinWriter::new(StdinPipe::new(pipe).unwrap());
        let big = vec![b'a'; 300_000];
        assert!(writer.write_line(&big));
        assert!(writer.write_line(b"after\n"));
        let mut received = Vec::new();
        let mut buffer = [0; 4096];
        while writer.pipe_with_backlog().is_some() {
            let count = reader.read(&mut buffer).unwrap();
            received.extend_from_slice(&buffer[..count]);
            writer.write_backlog();
        }
        assert!(!writer.write_line(b"last\n"));
        writer.close();
        reader.read_to_end(&mut received).unwrap();
        assert_eq!(received, [&big[..], b"after\nlast\n"].concat());
    }

    #[test]
    fn a_closed_read_end_leaves_no_backlog() {
        let (reader, pipe) = std::io::pipe().unwrap();
        drop(reader);
        let writer = StdinWriter::new(StdinPipe::new(pipe).unwrap());
        assert!(!writer.write_line(b"line\n"));
    }
}
