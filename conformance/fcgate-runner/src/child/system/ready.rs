//! The results of waiting for the pipes of an adapter, of reading from one and of writing to one.

/// The pipes that are ready for reading or writing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::child) struct Ready {
    pub(in crate::child) stdout: bool,
    pub(in crate::child) stderr: bool,
    pub(in crate::child) stdin: bool,
}

/// The result of one read.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::child) enum Chunk {
    /// The start of the buffer contains this number of bytes.
    Bytes(usize),
    /// The pipe is empty.
    Empty,
    /// All write ends of the pipe are closed, or the read failed.
    End,
}

/// The result of one write.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::child) enum Written {
    /// The pipe took this number of bytes.
    Bytes(usize),
    /// The pipe is full.
    Full,
    /// The read end is closed, or the write failed.
    Closed,
}
