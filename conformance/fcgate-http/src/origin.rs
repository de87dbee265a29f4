//! A raw loopback origin: bytes on a socket, by a script, with nothing between that repairs them.
//!
//! An HTTP library cannot be made to cut a status line, to lie about a length or to reset a
//! connection, and these are what a transport is judged by. The origin plays a [`Script`] on real
//! sockets with a thread for each connection, and keeps what it heard as a second witness: how many
//! whole requests arrived, and every byte of them.
//!
//! ```
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//!
//! use crate::origin::{Origin, Script, Step};
//!
//! let origin = Origin::start(Script::every([
//!     Step::ReadRequest,
//!     Step::send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
//!     Step::Close,
//! ]))?;
//! let mut peer = TcpStream::connect(origin.address())?;
//! peer.write_all(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi")?;
//! let mut answer = String::new();
//! peer.read_to_string(&mut answer)?;
//! assert!(answer.ends_with("half"));
//! assert_eq!(origin.invocations(), 1);
//! # std::io::Result::Ok(())
//! ```

mod connection;
mod dead_port;
mod framing;
mod heard;
mod record;
mod script;

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use self::record::Record;

pub use self::dead_port::DeadPort;
pub use self::heard::Heard;
pub use self::script::{Script, Step};

/// A listener on 127.0.0.1 that plays a script; dropping it ends every connection and every thread.
pub struct Origin {
    address: SocketAddr,
    record: Arc<Record>,
    acceptor: Option<JoinHandle<()>>,
}

impl Origin {
    /// Listens on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When no port or no thread can be had.
    pub fn start(script: Script) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let record = Arc::new(Record::default());
        let acceptor = thread::Builder::new().name("origin".into()).spawn({
            let record = Arc::clone(&record);
            move || accept(&listener, &script, &record)
        })?;
        Ok(Self {
            address,
            record,
            acceptor: Some(acceptor),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT` and the path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was heard until now, a value for each connection in the order in which they came.
    pub fn heard(&self) -> Vec<Heard> {
        self.record.heard()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.record.look(<[Heard]>::len)
    }

    /// How many whole requests arrived: each would have run the function once.
    pub fn invocations(&self) -> usize {
        self.record.look(invocations)
    }

    /// Waits until what was heard is as wanted, and says whether that came within `limit`.
    pub fn wait_until(&self, limit: Duration, wanted: impl Fn(&[Heard]) -> bool) -> bool {
        self.record.wait_until(limit, wanted)
    }
}

fn invocations(heard: &[Heard]) -> usize {
    heard.iter().map(Heard::invocations).sum()
}

fn accept(listener: &TcpListener, script: &Script, record: &Arc<Record>) {
    let mut players = Vec::new();
    while let Ok((stream, _)) = listener.accept() {
        let stream = Arc::new(stream);
        let Some(index) = record.open(&stream) else {
            break;
        };
        let play = script.of_connection(index);
        let record = Arc::clone(record);
        players.push(thread::spawn(move || {
            connection::play(stream, &play, &record, index);
        }));
    }
    for player in players {
        // A player that panicked has told of it on standard error; the others still have to end.
        let _ = player.join();
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.record.stop();
        // The acceptor sits in `accept`; one more connection wakes it.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("address", &self.address)
            .field("connections", &self.connections())
            .finish_non_exhaustive()
    }
}
