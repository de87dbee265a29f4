//! Closes the connection of a refused response.

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

/// How long to wait until the task of a connection has closed it; usually that takes microseconds.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The connection of a response.
pub(crate) enum Connection {
    /// A connection of our own connector; `None` for HTTP/2, where several streams share a connection.
    Own(Option<Closer>),
    /// A connection of a client that the caller made.
    Captured(CaptureConnection),
}

impl Connection {
    pub(crate) fn new(captured: Option<CaptureConnection>, extensions: &mut Extensions) -> Self {
        captured.map_or_else(|| Self::Own(extensions.remove()), Self::Captured)
    }

    /// Closes the connection, so that no further request is sent on it. Otherwise the client would read a short dropped
    /// body to its end and use the connection again.
    pub(crate) async fn close(&self) {
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

/// Closes a connection from another task.
#[derive(Clone)]
pub(crate) struct Closer(Arc<State>);

struct State {
    is_closed: AtomicBool,
    /// Wakes the task that reads from the connection.
    reader: Mutex<Option<Waker>>,
    /// Has no permits; it is closed when the connection is dropped.
    dropped: Semaphore,
}

impl Closer {
    fn new() -> Self {
        Self(Arc::new(State {
            is_closed: AtomicBool::new(false),
            reader: Mutex::new(None),
            dropped: Semaphore::const_new(0),
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
        // Until the connection is dropped, the pool could use it for the next request.
        let _ = timeout(CLOSE_TIMEOUT, self.0.dropped.acquire()).await;
    }

    fn check(&self) -> io::Result<()> {
        if self.0.is_closed.load(Ordering::Acquire) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    /// Registers the task to wake when the connection is closed.
    fn register(&self, waker: &Waker) -> io::Result<()> {
        let mut reader = self.reader();
        self.check()?;
        match &mut *reader {
            Some(registered) => registered.clone_from(waker),
            empty => *empty = Some(waker.clone()),
        }
        Ok(())
    }

    fn reader(&self) -> std::sync::MutexGuard<'_, Option<Waker>> {
        self.0.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that can be closed; its closer is among the extensions of every response.
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
        self.closer.0.dropped.close();
    }
}

impl<T: connect::Connection> connect::Connection for Closable<T> {
    fn connected(&self) -> Connected {
        let inner = self.io.connected();
        // The other extensions of the connector are not used, so they are dropped.
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
            self.closer.register(context.waker())?;
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
