//! Reads the standard error of an adapter, keeps its end and searches it for secrets.

use super::process::Process;
use super::system::{Chunk, OutputPipe};

/// The maximum number of bytes read before a reply is delivered: the capacity of the largest pipe.
const BEFORE_A_REPLY: usize = 1024 * 1024;

/// The read end of standard error.
pub(super) struct Stderr {
    /// `None` after the end of the stream.
    pub(super) pipe: Option<OutputPipe>,
    /// The last bytes that were searched. Two reads may each contain one part of a secret.
    searched: Vec<u8>,
}

impl Stderr {
    pub(super) fn new(pipe: OutputPipe) -> Self {
        Self {
            pipe: Some(pipe),
            searched: Vec::new(),
        }
    }

    /// Reads until the pipe is empty.
    pub(super) fn drain(&mut self, process: &Process, buffer: &mut [u8]) {
        let mut count = 0;
        while count < BEFORE_A_REPLY {
            match self.read(process, buffer) {
                0 => return,
                read => count += read,
            }
        }
    }

    /// Reads once. Returns the number of bytes.
    pub(super) fn read(&mut self, process: &Process, buffer: &mut [u8]) -> usize {
        let Some(pipe) = &self.pipe else {
            return 0;
        };
        let count = match pipe.read(buffer) {
            Chunk::Bytes(count) => count,
            Chunk::Empty => return 0,
            Chunk::End => {
                self.pipe = None;
                return 0;
            }
        };
        let chunk = buffer.get(..count).unwrap_or_default();
        self.searched.extend_from_slice(chunk);
        let leaked = process.secrets.find(&self.searched);
        let keep = match leaked.as_slice() {
            [] => process.secrets.longest().saturating_sub(1),
            // The same occurrence must not be found twice.
            _ => 0,
        };
        let drop = self.searched.len().saturating_sub(keep);
        self.searched.drain(..drop);
        let mut pending = process.pending();
        pending.stderr.push(chunk);
        for secret in &leaked {
            pending.leak(secret);
        }
        count
    }
}
