//! Reads the body of a response, completely or as a stream.

use std::fmt;
use std::io::{self, Read};

use bytes::Bytes;
use fc_transport::TransportError;
use ureq::{Body, BodyReader};

use crate::error;
use crate::time_limits::TimeLimits;

/// The maximum memory that is reserved for a declared length before the body arrives.
const RESERVE: u64 = 1 << 20;

/// Reads the complete body.
pub(crate) fn read_complete(
    body: Body,
    limit: u64,
    times: TimeLimits,
) -> Result<Bytes, TransportError> {
    let declared = body.content_length().unwrap_or_default();
    if declared > limit {
        return Err(error::too_large());
    }
    let reserve = usize::try_from(declared.min(RESERVE)).unwrap_or_default();
    let mut all = Vec::with_capacity(reserve);
    let mut reader = body.into_reader().take(limit.saturating_add(1));
    reader
        .read_to_end(&mut all)
        .map_err(|error| error::from_body_error(error, times))?;
    if all.len() as u64 > limit {
        return Err(error::too_large());
    }
    Ok(Bytes::from(all))
}

/// The body of a response that has not been read yet; dropping it closes the connection.
///
/// Its [`io::Error`] holds a [`TransportError`]; see [`get_ref`](io::Error::get_ref) and
/// [`downcast`](io::Error::downcast).
pub struct ResponseBody {
    reader: BodyReader<'static>,
    /// The bytes that may still arrive.
    left: u64,
    times: TimeLimits,
}

impl ResponseBody {
    pub(crate) fn new(body: Body, limit: u64, times: TimeLimits) -> Self {
        Self {
            reader: body.into_reader(),
            left: limit,
            times,
        }
    }
}

impl Read for ResponseBody {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer).map_err(|error| {
            let kind = error.kind();
            io::Error::new(kind, error::from_body_error(error, self.times))
        })?;
        let left = self.left.checked_sub(count as u64);
        self.left = left.ok_or_else(|| io::Error::other(error::too_large()))?;
        Ok(count)
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
