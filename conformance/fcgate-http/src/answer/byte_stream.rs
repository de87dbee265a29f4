//! The connection on which a player plays.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use socket2::SockRef;

/// A connection on which a player plays: TCP, or TLS over it.
pub trait ByteStream {
    /// Reads bytes; 0 when the client has closed the connection.
    ///
    /// # Errors
    ///
    /// When the connection fails or the time limit of the socket is over.
    fn receive(&self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Sends bytes and returns their number.
    ///
    /// # Errors
    ///
    /// When the connection fails or the time limit of the socket is over.
    fn send(&self, bytes: &[u8]) -> io::Result<usize>;

    /// Closes the sending half.
    ///
    /// # Errors
    ///
    /// When the connection has failed.
    fn close_sending_half(&self) -> io::Result<()>;

    /// Makes sure that dropping the socket resets the connection.
    ///
    /// # Errors
    ///
    /// When the option of the socket cannot be set.
    fn reset_when_dropped(&self) -> io::Result<()>;
}

impl ByteStream for TcpStream {
    fn receive(&self, buffer: &mut [u8]) -> io::Result<usize> {
        Read::read(&mut &*self, buffer)
    }

    fn send(&self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(&mut &*self, bytes)
    }

    fn close_sending_half(&self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }

    fn reset_when_dropped(&self) -> io::Result<()> {
        // With a linger time of zero, dropping the socket sends a reset.
        SockRef::from(self).set_linger(Some(Duration::ZERO))
    }
}
