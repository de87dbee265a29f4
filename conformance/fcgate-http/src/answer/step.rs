//! One thing that a fake server does on a connection.

use std::time::Duration;

use bytes::Bytes;

/// One thing that a fake server does on a connection.
///
/// The steps end early when the client closes the connection or the server shuts down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Reads until the head of the next request is complete.
    ReadHead,
    /// Reads until the next request is complete, by its `Content-Length` or its chunks.
    ReadRequest,
    /// Reads this many further bytes and no more.
    Read(usize),
    /// Sends the bytes.
    Send(Bytes),
    /// Sends the bytes again and again until the client closes the connection.
    Flood(Bytes),
    /// Sends one byte after the other with a pause after each.
    Drip(Bytes, Duration),
    /// Does nothing for this long.
    Pause(Duration),
    /// Sends nothing more, but continues to read until the client closes the connection.
    Stall,
    /// Neither sends nor reads until the server shuts down.
    Hold,
    /// Closes the sending half (FIN) and reads until the client closes the connection.
    ///
    /// A socket that is closed with unread bytes would send a reset instead.
    Close,
    /// Resets the connection (RST).
    Reset,
    /// Starts again with the first step. A round that neither read nor sent anything is the last.
    Again,
}

impl Step {
    /// The number of bytes that the step holds.
    pub fn length(&self) -> usize {
        match self {
            Self::Send(bytes) | Self::Flood(bytes) | Self::Drip(bytes, _) => bytes.len(),
            _ => 0,
        }
    }

    /// Whether the step reads from the connection.
    pub fn reads(&self) -> bool {
        match self {
            Self::ReadHead | Self::ReadRequest | Self::Read(_) | Self::Stall | Self::Close => true,
            Self::Send(_)
            | Self::Flood(_)
            | Self::Drip(..)
            | Self::Pause(_)
            | Self::Hold
            | Self::Reset
            | Self::Again => false,
        }
    }

    /// [`Step::Send`] of a text.
    pub fn send(text: impl Into<Bytes>) -> Self {
        Self::Send(text.into())
    }

    /// [`Step::Flood`] with a text.
    pub fn flood(text: impl Into<Bytes>) -> Self {
        Self::Flood(text.into())
    }

    /// [`Step::Drip`] of a text.
    pub fn drip(text: impl Into<Bytes>, pause: Duration) -> Self {
        Self::Drip(text.into(), pause)
    }
}
