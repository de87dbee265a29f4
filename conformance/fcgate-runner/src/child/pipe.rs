//! Reading from a pipe that does not block.

use std::os::fd::AsFd;

use rustix::io::{Errno, read};

/// What one reading gave.
pub(super) enum Piece {
    /// So many bytes, at the start of the buffer.
    Bytes(usize),
    /// Nothing is there now.
    Nothing,
    /// Nobody can write any more.
    End,
}

/// Reads once.
pub(super) fn piece(pipe: impl AsFd, buffer: &mut [u8]) -> Piece {
    loop {
        match read(&pipe, &mut *buffer) {
            Ok(0) => return Piece::End,
            Ok(count) => return Piece::Bytes(count),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => return Piece::Nothing,
            Err(_) => return Piece::End,
        }
    }
}
