//! The body of a response.

use std::fmt;
use std::io::{self, Read};

use bytes::Bytes;
use fc_transport::TransportError;
use ureq::{Body, BodyReader};

use crate::error;

/// No more than this is set aside for a body before it is there, whatever length it says to have.
const RESERVE: u64 = 1 << 20;

/// Reads the body into one piece.
pub(crate) fn whole(body: Body, limit: u64) -> Result<Bytes, TransportError> {
    let declared = body.content_length().unwrap_or_default();
    if declared > limit {
        return Err(error::too_large());
    }
    let reserve = usize::try_from(declared.min(RESERVE)).unwrap_or_default();
    let mut all = Vec::with_capacity(reserve);
    let mut reader = body.into_reader().take(limit.saturating_add(1));
    reader.read_to_end(&mut all).map_err(error::of_body)?;
    if all.len() as u64 > limit {
        return Err(error::too_large());
    }
    Ok(Bytes::from(all))
}

/// The body of a response, still on the wire; dropping it closes the connection.
///
/// An [`io::Error`] of it holds the [`TransportError`], to be had with [`get_ref`](io::Error::get_ref) or
/// [`downcast`](io::Error::downcast).
pub struct ResponseBody(BodyReader<'static>);

impl ResponseBody {
    pub(crate) fn new(body: Body) -> Self {
        Self(body.into_reader())
    }
}

impl Read for ResponseBody {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| {
            let kind = error.kind();
            io::Error::new(kind, error::of_body(error))
        })
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
