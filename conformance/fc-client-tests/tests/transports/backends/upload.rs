//! A request body that is produced while it is sent.

use std::convert::Infallible;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf as _, Bytes};
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Pieces from a channel, and the declared total length.
pub(crate) struct Upload {
    pieces: UnboundedReceiver<Bytes>,
    rest: Bytes,
    length: u64,
}

impl Upload {
    /// A body from a channel. It ends when the sender is dropped.
    pub(crate) fn from_channel(length: u64) -> (UnboundedSender<Bytes>, Self) {
        let (sender, pieces) = unbounded_channel();
        let upload = Self {
            pieces,
            rest: Bytes::new(),
            length,
        };
        (sender, upload)
    }

    /// A body of these bytes with this declared length.
    pub(crate) fn of(bytes: impl Into<Bytes>, length: u64) -> Self {
        let (sender, upload) = Self::from_channel(length);
        let bytes = bytes.into();
        if !bytes.is_empty() {
            sender.send(bytes).expect("the receiver exists");
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
