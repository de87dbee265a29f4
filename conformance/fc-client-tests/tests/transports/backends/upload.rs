//! A request body that is made while it is sent.

use std::convert::Infallible;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf as _, Bytes};
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Pieces from a channel, and the length that they are said to have together.
pub(crate) struct Upload {
    pieces: UnboundedReceiver<Bytes>,
    rest: Bytes,
    length: u64,
}

impl Upload {
    /// A body whose pieces the other end of the channel sends; it ends with the sender.
    pub(crate) fn fed(length: u64) -> (UnboundedSender<Bytes>, Self) {
        let (feed, pieces) = unbounded_channel();
        let upload = Self {
            pieces,
            rest: Bytes::new(),
            length,
        };
        (feed, upload)
    }

    /// A body that is these bytes, and is said to have that length.
    pub(crate) fn of(bytes: impl Into<Bytes>, length: u64) -> Self {
        let (feed, upload) = Self::fed(length);
        let bytes = bytes.into();
        if !bytes.is_empty() {
            feed.send(bytes).expect("the receiver is in hand");
        }
        upload
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.pieces.poll_recv(cx);
        piece.map(|piece| piece.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

impl Read for Upload {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            self.rest = self.pieces.blocking_recv().unwrap_or_default();
        }
        let count = self.rest.len().min(buffer.len());
        self.rest.copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}
