//! The standard input of an adapter, which never makes anybody wait.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError};

use rustix::io::Errno;

/// The write end of a pipe, and what did not fit into it yet.
pub(super) struct Feed(Mutex<State>);

struct State {
    pipe: Option<Arc<OwnedFd>>,
    rest: Vec<u8>,
    written: usize,
}

impl Feed {
    /// Writes to this pipe.
    pub(super) fn new(pipe: OwnedFd) -> Self {
        Self(Mutex::new(State {
            pipe: Some(Arc::new(pipe)),
            rest: Vec::new(),
            written: 0,
        }))
    }

    /// From now on a full pipe makes nobody wait.
    pub(super) fn unblock(&self) -> io::Result<()> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &state.pipe {
            Some(pipe) => Ok(rustix::io::ioctl_fionbio(pipe, true)?),
            None => Ok(()),
        }
    }

    /// Writes as much as fits now and keeps the rest; returns whether there is one.
    pub(super) fn put(&self, line: &[u8]) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.rest.is_empty() {
            state.rest.extend_from_slice(line);
            return true;
        }
        let written = state.write(line);
        state
            .rest
            .extend_from_slice(line.get(written..).unwrap_or_default());
        !state.rest.is_empty()
    }

    /// Writes more of the rest.
    pub(super) fn pump(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = std::mem::take(&mut state.rest);
        let from = state.written;
        let written = from + state.write(rest.get(from..).unwrap_or_default());
        if written < rest.len() {
            state.rest = rest;
            state.written = written;
        } else {
            state.written = 0;
        }
    }

    /// The pipe, if there is a rest that waits for it.
    pub(super) fn waiting(&self) -> Option<Arc<OwnedFd>> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (!state.rest.is_empty())
            .then(|| state.pipe.clone())
            .flatten()
    }

    /// Ends the input.
    pub(super) fn close(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.pipe = None;
        state.rest = Vec::new();
        state.written = 0;
    }
}

impl State {
    /// Writes until it is done or does not fit. Nobody reads any more: that is no rest, and is seen elsewhere.
    fn write(&self, bytes: &[u8]) -> usize {
        let mut written = 0;
        while let (Some(pipe), Some(rest @ [_, ..])) = (&self.pipe, bytes.get(written..)) {
            match rustix::io::write(pipe, rest) {
                Ok(count) => written += count,
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return written,
                Err(_) => return bytes.len(),
            }
        }
        bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::Feed;

    #[test]
    fn what_does_not_fit_waits_and_nobody_with_it() {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let feed = Feed::new(writer.into());
        feed.unblock().unwrap();
        let big = vec![b'a'; 300_000];
        assert!(feed.put(&big));
        assert!(feed.put(b"after\n"));
        let mut heard = Vec::new();
        let mut buffer = [0; 4096];
        while feed.waiting().is_some() {
            let count = reader.read(&mut buffer).unwrap();
            heard.extend_from_slice(&buffer[..count]);
            feed.pump();
        }
        assert!(!feed.put(b"last\n"));
        feed.close();
        reader.read_to_end(&mut heard).unwrap();
        assert_eq!(heard, [&big[..], b"after\nlast\n"].concat());
    }

    #[test]
    fn a_reader_that_is_gone_leaves_no_rest() {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let feed = Feed::new(writer.into());
        feed.unblock().unwrap();
        assert!(!feed.put(b"line\n"));
    }
}
