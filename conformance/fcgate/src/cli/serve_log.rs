//! Writes the log of `fcgate serve` in a thread of its own, so that a log that is not read does not delay the answers.

use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The most bytes of blocks that wait for the reader.
const MOST_WAITING: usize = 4 << 20;
/// How long a full log waits for its reader. After that, blocks are dropped until the reader goes on.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a part of the log is missing.
#[derive(Debug)]
pub(super) enum Incomplete {
    /// So many blocks were not written, because the reader did not go on.
    NotRead(u64),
    /// A block could not be written.
    Failed(io::Error),
}

/// The log. Its clones write to the same stream.
#[derive(Clone)]
pub(super) struct Log(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    patience: Duration,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<String>,
    waiting_bytes: usize,
    is_writing: bool,
    /// Whether the reader did not go on when the log was full.
    is_stalled: bool,
    dropped: u64,
    error: Option<io::Error>,
    closed: bool,
}

impl Log {
    /// Starts the thread that writes to standard error.
    pub(super) fn start() -> io::Result<Self> {
        let mut stderr = anstream::stderr();
        Self::start_with(PATIENCE, move |block| {
            stderr.write_all(block.as_bytes())?;
            stderr.flush()
        })
    }

    fn start_with(
        patience: Duration,
        write: impl FnMut(&str) -> io::Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let log = Self(Arc::new(Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
            patience,
        }));
        let writer = log.clone();
        thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || writer.run(write))?;
        Ok(log)
    }

    fn run(&self, mut write: impl FnMut(&str) -> io::Result<()>) {
        loop {
            let is_idle = |state: &mut State| state.waiting.is_empty() && !state.closed;
            let waited = self.0.changed.wait_while(self.lock(), is_idle);
            let mut state = waited.unwrap_or_else(PoisonError::into_inner);
            let Some(block) = state.waiting.pop_front() else {
                return;
            };
            state.waiting_bytes -= block.len();
            state.is_writing = true;
            drop(state);
            let written = write(&block);
            let mut state = self.lock();
            state.is_writing = false;
            state.is_stalled = false;
            if let Err(error) = written {
                state.error.get_or_insert(error);
            }
            drop(state);
            self.0.changed.notify_all();
        }
    }

    /// Adds a block.
    pub(super) fn write(&self, block: &str) {
        let is_full = |state: &mut State| state.waiting_bytes > MOST_WAITING && !state.is_stalled;
        let waited = self
            .0
            .changed
            .wait_timeout_while(self.lock(), self.0.patience, is_full);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.waiting_bytes > MOST_WAITING {
            state.is_stalled = true;
            state.dropped += 1;
            return;
        }
        state.waiting_bytes += block.len();
        state.waiting.push_back(block.to_owned());
        drop(state);
        self.0.changed.notify_all();
    }

    /// Waits until all blocks are written, but not for a reader that does not go on. Returns why a part is missing.
    pub(super) fn end(&self) -> Option<Incomplete> {
        let mut state = self.lock();
        let mut left = usize::MAX;
        loop {
            let now = state.waiting.len() + usize::from(state.is_writing);
            if now == 0 || now >= left {
                break;
            }
            left = now;
            let is_same =
                |state: &mut State| state.waiting.len() + usize::from(state.is_writing) == left;
            let waited = self
                .0
                .changed
                .wait_timeout_while(state, self.0.patience, is_same);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.closed = true;
        let unwritten = state.dropped + left_over(&state);
        let error = state.error.take();
        drop(state);
        self.0.changed.notify_all();
        match error {
            // The reader has left on purpose, and the exit code still reports the result.
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => None,
            Some(error) => Some(Incomplete::Failed(error)),
            None if unwritten > 0 => Some(Incomplete::NotRead(unwritten)),
            None => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn left_over(state: &State) -> u64 {
    let waiting = u64::try_from(state.waiting.len()).unwrap_or(u64::MAX);
    waiting + u64::from(state.is_writing)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::{Incomplete, Log, MOST_WAITING, PATIENCE};

    #[test]
    fn every_block_is_written_in_order() {
        let (sender, receiver) = channel();
        let log = Log::start_with(PATIENCE, move |block| {
            sender.send(block.to_owned()).unwrap();
            Ok(())
        });
        let log = log.unwrap();
        for number in 0..1_000 {
            log.write(&number.to_string());
        }
        assert!(log.end().is_none());
        let written: Vec<String> = receiver.iter().collect();
        let expected: Vec<String> = (0..1_000).map(|number| number.to_string()).collect();
        assert_eq!(written, expected);
    }

    #[test]
    fn a_log_that_is_not_read_drops_blocks_and_says_so() {
        let (release, held) = channel::<()>();
        let log = Log::start_with(Duration::from_millis(10), move |_| {
            let _ = held.recv();
            Ok(())
        });
        let log = log.unwrap();
        let block = "b".repeat(MOST_WAITING / 8);
        for _ in 0..100 {
            log.write(&block);
        }
        let end = log.end();
        assert!(
            matches!(end, Some(Incomplete::NotRead(count)) if count >= 90),
            "{end:?}"
        );
        drop(release);
    }
}
