//! Standard error of an adapter: kept for its last words, and searched for secrets.

use std::os::fd::OwnedFd;

use super::pipe::{Piece, piece};
use super::process::Process;

/// How much is read before a reply is passed on: what the largest pipe may hold.
const BEFORE_A_REPLY: usize = 1024 * 1024;

/// The read end, and the end of what was read: a secret may go on after it.
pub(super) struct Side {
    pub(super) pipe: Option<OwnedFd>,
    tail: Vec<u8>,
}

impl Side {
    pub(super) fn new(pipe: OwnedFd) -> Self {
        Self {
            pipe: Some(pipe),
            tail: Vec::new(),
        }
    }

    /// Reads what is there.
    pub(super) fn drain(&mut self, process: &Process, buffer: &mut [u8]) {
        let mut count = 0;
        while count < BEFORE_A_REPLY {
            match self.read(process, buffer) {
                0 => return,
                read => count += read,
            }
        }
    }

    /// Reads once; returns how many bytes there were.
    pub(super) fn read(&mut self, process: &Process, buffer: &mut [u8]) -> usize {
        let Some(pipe) = &self.pipe else {
            return 0;
        };
        let count = match piece(pipe, buffer) {
            Piece::Bytes(count) => count,
            Piece::Nothing => return 0,
            Piece::End => {
                self.pipe = None;
                return 0;
            }
        };
        let piece = buffer.get(..count).unwrap_or_default();
        self.tail.extend_from_slice(piece);
        let spilled = process.secrets.in_text(&self.tail);
        let keep = match spilled.as_slice() {
            [] => process.secrets.longest().saturating_sub(1),
            // What was found is not to be found again.
            _ => 0,
        };
        self.tail.drain(..self.tail.len().saturating_sub(keep));
        let mut table = process.table();
        table.stderr.push(piece);
        for secret in &spilled {
            table.spill(secret);
        }
        count
    }
}
