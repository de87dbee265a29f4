//! Reads from a non-blocking pipe.

use std::os::fd::AsFd;

use rustix::io::{Errno, read};

/// The result of one read.
pub(super) enum Chunk {
    /// The start of the buffer contains this number of bytes.
    Bytes(usize),
    /// The pipe is empty.
    Empty,
    /// All write ends of the pipe are closed, or the read failed.
    End,
}

/// Reads from a pipe once.
pub(super) fn read_chunk(pipe: impl AsFd, buffer: &mut [u8]) -> Chunk {
    loop {
        match read(&pipe, &mut *buffer) {
            Ok(0) => return Chunk::End,
            Ok(count) => return Chunk::Bytes(count),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => return Chunk::Empty,
            Err(_) => return Chunk::End,
        }
    }
}
