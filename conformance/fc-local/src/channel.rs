//! The bytes of a connection: plain TCP, or TLS over it.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};

use fcgate_http::answer::ByteStream;
use rustls::{ServerConnection, StreamOwned};

/// The bytes of a connection. Only the thread of the connection uses it.
pub(super) enum Channel<'a> {
    Plain(&'a TcpStream),
    Tls(
        &'a TcpStream,
        RefCell<Box<StreamOwned<ServerConnection, &'a TcpStream>>>,
    ),
}

impl<'a> Channel<'a> {
    /// The channel after a handshake.
    pub(super) fn tls(stream: &'a TcpStream, connection: ServerConnection) -> Self {
        Self::Tls(
            stream,
            RefCell::new(Box::new(StreamOwned::new(connection, stream))),
        )
    }

    /// The socket, for its options.
    pub(super) fn socket(&self) -> &'a TcpStream {
        match self {
            Self::Plain(stream) | Self::Tls(stream, _) => stream,
        }
    }

    /// Sends all bytes.
    pub(super) fn send_all(&self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(stream) => Write::write_all(&mut &**stream, bytes),
            Self::Tls(_, tls) => {
                let mut tls = tls.borrow_mut();
                tls.write_all(bytes)?;
                tls.flush()
            }
        }
    }
}

impl ByteStream for Channel<'_> {
    fn receive(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.receive(buffer),
            Self::Tls(_, tls) => match tls.borrow_mut().read(buffer) {
                // The client closed the connection without the message of TLS for that.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
                read => read,
            },
        }
    }

    fn send(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.send(bytes),
            Self::Tls(_, tls) => {
                let mut tls = tls.borrow_mut();
                let count = tls.write(bytes)?;
                tls.flush()?;
                Ok(count)
            }
        }
    }

    fn close_sending_half(&self) -> io::Result<()> {
        if let Self::Tls(_, tls) = self {
            let mut tls = tls.borrow_mut();
            tls.conn.send_close_notify();
            tls.flush()?;
        }
        self.socket().shutdown(Shutdown::Write)
    }

    fn reset_when_dropped(&self) -> io::Result<()> {
        self.socket().reset_when_dropped()
    }
}
