//! Ports to which no connection can be made.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use crate::loopback::{WAIT, with_free_port};
use socket2::{Domain, Socket, Type};

/// A port of 127.0.0.1 to which no connection can be made, kept until it is dropped.
pub struct DeadPort {
    address: SocketAddr,
    // Held so that no other process gets the port or a place in its queue.
    _sockets: Vec<Socket>,
}

impl DeadPort {
    /// A port that refuses connections: it is bound, but no socket listens.
    ///
    /// # Errors
    ///
    /// When no port is available.
    pub fn refusing() -> io::Result<Self> {
        let (socket, address) = bound()?;
        Ok(Self {
            address,
            _sockets: vec![socket],
        })
    }

    /// A port that does not answer: its queue is full and no thread accepts (Linux then drops the SYN).
    ///
    /// # Errors
    ///
    /// When no port is available.
    pub fn silent() -> io::Result<Self> {
        let (socket, address) = bound()?;
        socket.listen(0)?;
        let mut sockets = vec![socket];
        for _ in 0..4 {
            let filler = Socket::new(Domain::IPV4, Type::STREAM, None)?;
            filler.set_nonblocking(true)?;
            // The result is "in progress"; all but the first stay in progress.
            let _ = filler.connect(&address.into());
            sockets.push(filler);
        }
        Ok(Self {
            address,
            _sockets: sockets,
        })
    }

    /// `http://127.0.0.1:PORT` and the path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn bound() -> io::Result<(Socket, SocketAddr)> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    let free = SocketAddr::from(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0)).into();
    with_free_port(WAIT, || socket.bind(&free))?;
    let address = socket.local_addr()?.as_socket();
    let address = address.ok_or(io::ErrorKind::AddrNotAvailable)?;
    Ok((socket, address))
}

impl fmt::Debug for DeadPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeadPort")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
