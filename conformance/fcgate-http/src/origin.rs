//! A raw loopback origin: sends the bytes of a script on a socket, without an HTTP library.
//!
//! An HTTP library cannot cut a status line, send a wrong length or reset a connection, and a transport must
//! handle all of these. The origin plays a [`Script`] with a thread for each connection. It records every byte
//! that it receives and counts the complete requests, independently of what the client reports.
//!
//! ```
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//!
//! use fcgate_http::origin::{Origin, Script, Step};
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
mod script;
mod serve_connection;
mod shared_state;

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use self::shared_state::Record;

pub use self::connection::Connection;
pub use self::dead_port::DeadPort;
pub use self::script::Script;
pub use crate::answer::Step;
use crate::loopback;

/// A listener on 127.0.0.1 that plays a script; dropping it ends every connection and every thread.
pub struct Origin {
    address: SocketAddr,
    listener: Arc<TcpListener>,
    record: Arc<Record>,
    acceptor: Option<JoinHandle<()>>,
}

impl Origin {
    /// Listens on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When no port or no thread is available.
    pub fn start(script: Script) -> io::Result<Self> {
        let listener = Arc::new(loopback::listen()?);
        let address = listener.local_addr()?;
        let record = Arc::new(Record::default());
        let acceptor = thread::Builder::new().name("origin".into()).spawn({
            let (listener, record) = (Arc::clone(&listener), Arc::clone(&record));
            move || accept(&listener, &script, &record)
        })?;
        Ok(Self {
            address,
            listener,
            record,
            acceptor: Some(acceptor),
        })
    }

    /// The address on which it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT` and the path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All connections until now, in the order in which they were accepted.
    pub fn connections(&self) -> Vec<Connection> {
        self.record.connections()
    }

    /// The number of connections until now.
    pub fn connection_count(&self) -> usize {
        self.record.look(<[Connection]>::len)
    }

    /// The number of complete requests: each would have run the function once.
    pub fn invocations(&self) -> usize {
        self.record.look(invocations)
    }

    /// Why the origin stopped accepting connections, if it did: a shortage of file descriptors or threads.
    pub fn failure(&self) -> Option<io::Error> {
        self.record.failure()
    }

    /// Waits until the connections satisfy `wanted`. Returns false if they do not within `limit`.
    pub fn wait_until(&self, limit: Duration, wanted: impl Fn(&[Connection]) -> bool) -> bool {
        self.record.wait_until(limit, wanted)
    }
}

fn invocations(connections: &[Connection]) -> usize {
    connections.iter().map(Connection::invocations).sum()
}

fn accept(listener: &TcpListener, script: &Script, record: &Arc<Record>) {
    let mut players = Vec::new();
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => Arc::new(stream),
            Err(error) => {
                record.fail(error);
                break;
            }
        };
        let Some(index) = record.open(&stream) else {
            break;
        };
        let play = script.of_connection(index);
        // The stream stays here until its thread has started: without a thread, the failure is recorded before the client
        // sees that its connection is closed.
        let (give, given) = mpsc::channel();
        let player = thread::Builder::new().spawn({
            let record = Arc::clone(record);
            move || {
                if let Ok(stream) = given.recv() {
                    serve_connection::play(stream, &play, &record, index);
                }
            }
        });
        match player {
            Ok(player) => {
                let _ = give.send(stream);
                players.push(player);
            }
            Err(error) => {
                record.fail(error);
                record.update(index, Connection::end);
                break;
            }
        }
    }
    // If the loop ended because of an error, no client waits in vain.
    loopback::shut_down(listener);
    for player in players {
        // The panic of a player is already on standard error; wait for the others.
        let _ = player.join();
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.record.stop();
        loopback::wake_acceptor(&self.listener, self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("address", &self.address)
            .field("connections", &self.connection_count())
            .finish_non_exhaustive()
    }
}
