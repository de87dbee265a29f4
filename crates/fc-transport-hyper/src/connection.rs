//! The connection of a response, and how it is ended.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::Extensions;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{self, CaptureConnection, Connected};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long the task of a connection may take to let it go; it takes microseconds.
const LET_GO: Duration = Duration::from_secs(1);

/// The connection that a response came on.
pub(crate) enum Connection {
    /// One of a connector of our own; there is no way to it where it is shared by several streams.
    Own(Option<Closer>),
    /// One of a client that the caller has made.
    Captured(CaptureConnection),
}

impl Connection {
    pub(crate) fn of(captured: Option<CaptureConnection>, extensions: &mut Extensions) -> Self {
        captured.map_or_else(|| Self::Own(extensions.remove()), Self::Captured)
    }

    /// Sees to it that no other request is sent on the connection. The client reads a short body to its end as
    /// soon as it is dropped, and would use the connection again.
    pub(crate) async fn end(&self) {
        match self {
            Self::Own(Some(closer)) => closer.close().await,
            Self::Own(None) => {}
            Self::Captured(connection) => {
                if let Some(connection) = connection.connection_metadata().as_ref() {
                    connection.poison();
                }
            }
        }
    }
}

/// Closes a connection from outside of the task that it belongs to.
#[derive(Clone)]
pub(crate) struct Closer(Arc<State>);

struct State {
    is_closed: AtomicBool,
    /// Wakes the task that waits for bytes.
    reader: Mutex<Option<Waker>>,
    /// Has no permits and is closed when the connection is gone.
    gone: Semaphore,
}

impl Closer {
    fn new() -> Self {
        Self(Arc::new(State {
            is_closed: AtomicBool::new(false),
            reader: Mutex::new(None),
            gone: Semaphore::const_new(0),
        }))
    }

    async fn close(&self) {
        let reader = {
            let mut reader = self.reader();
            self.0.is_closed.store(true, Ordering::Release);
            reader.take()
        };
        if let Some(reader) = reader {
            reader.wake();
        }
        // Until then the pool would hand it out.
        let _ = timeout(LET_GO, self.0.gone.acquire()).await;
    }

    fn check(&self) -> io::Result<()> {
        if self.0.is_closed.load(Ordering::Acquire) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    /// Has this task woken when the connection is closed.
    fn wake(&self, waker: &Waker) -> io::Result<()> {
        let mut reader = self.reader();
        self.check()?;
        match &mut *reader {
            Some(known) => known.clone_from(waker),
            unknown => *unknown = Some(waker.clone()),
        }
        Ok(())
    }

    fn reader(&self) -> std::sync::MutexGuard<'_, Option<Waker>> {
        self.0.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection with a closer, which every response on it carries among its extensions.
pub(crate) struct Closable<T> {
    io: T,
    closer: Closer,
}

impl<T> Closable<T> {
    pub(crate) fn new(io: T) -> Self {
        let closer = Closer::new();
        Self { io, closer }
    }
}

impl<T> Drop for Closable<T> {
    fn drop(&mut self) {
        self.closer.0.gone.close();
    }
}

impl<T: connect::Connection> connect::Connection for Closable<T> {
    fn connected(&self) -> Connected {
        let inner = self.io.connected();
        // What the connector adds to a response is of no use above, so it is not handed on.
        let outer = Connected::new().proxy(inner.is_proxied());
        if inner.is_negotiated_h2() {
            outer.negotiated_h2()
        } else {
            outer.extra(self.closer.clone())
        }
    }
}

impl<T: Read + Unpin> Read for Closable<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        self.closer.check()?;
        let read = Pin::new(&mut self.io).poll_read(context, buffer);
        if read.is_pending() {
            self.closer.wake(context.waker())?;
        }
        read
    }
}

impl<T: Write + Unpin> Write for Closable<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.closer.check()?;
        Pin::new(&mut self.io).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.closer.check()?;
        Pin::new(&mut self.io).poll_write_vectored(context, pieces)
    }
}
