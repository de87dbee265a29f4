//! The body of a request, which ureq reads.

use std::error::Error;
use std::fmt;
use std::io::{self, Read};

/// Checks that a reader returns exactly its declared length, and records whether ureq has begun to read it.
///
/// ureq reads the body after it has sent the head. Its errors do not show whether the connection was made.
pub(crate) struct Payload<R> {
    reader: R,
    left: u64,
    begun: bool,
}

impl<R> Payload<R> {
    pub(crate) fn new(reader: R, length: u64) -> Self {
        Self {
            reader,
            left: length,
            // ureq does not read an empty body, so assume from the start that the request was sent.
            begun: length == 0,
        }
    }

    /// Whether a byte of the request may have been sent.
    pub(crate) fn begun(&self) -> bool {
        self.begun
    }
}

impl<R: Read> Read for Payload<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.begun = true;
        let room = usize::try_from(self.left).unwrap_or(usize::MAX);
        let room = room.min(buffer.len());
        let Some(buffer) = buffer.get_mut(..room).filter(|buffer| !buffer.is_empty()) else {
            return Ok(0);
        };
        let read = fill(&mut self.reader, buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        // Read the end before returning the last bytes, so that a request with a longer body is never sent completely.
        if read == 0 || (self.left == 0 && fill(&mut self.reader, &mut [0])? > 0) {
            return Err(io::Error::other(PayloadError(None)));
        }
        Ok(read)
    }
}

fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(io::Error::other(PayloadError(Some(error)))),
            read => return read,
        }
    }
}

/// The error of a request body that failed or did not have its declared length.
#[derive(Debug)]
pub(crate) struct PayloadError(Option<io::Error>);

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Some(_) => "reading the body of the request failed",
            None => "the body of the request does not have its declared length",
        })
    }
}

impl Error for PayloadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.0.as_ref()?;
        Some(source)
    }
}
