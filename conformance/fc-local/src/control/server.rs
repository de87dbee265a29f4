//! The listener of the control interface, with a thread for each connection.

use std::fmt;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;

use crate::calls::CallLog;
use crate::open_connections::OpenConnections;
use crate::server_state::ServerState;

use super::connection::{answer_requests, send};
use super::control_error::ControlError;
use super::resources::Resources;

/// The most open connections. A test has one or two.
const MOST: usize = 64;
/// The pause after a shortage of descriptors or threads.
const BACK_OFF: Duration = Duration::from_millis(200);

/// A running control interface. Dropping it closes every connection and ends every thread.
pub(crate) struct ControlServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    server: Arc<ServerState>,
    calls: Arc<CallLog>,
    ready: Value,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    connections: OpenConnections,
    is_closing: bool,
}

impl ControlServer {
    /// Listens on a loopback address only: the control interface changes what the server answers.
    pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
        if !address.ip().is_loopback() {
            let message =
                format!("the control interface needs a loopback address, found {address}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        TcpListener::bind(address)
    }

    /// Answers on this listener. `ready` is the document that `GET /` returns.
    pub(crate) fn start(
        listener: TcpListener,
        server: Arc<ServerState>,
        calls: Arc<CallLog>,
        ready: Value,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            server,
            calls,
            ready,
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        let acceptor = thread::Builder::new().name("control".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || shared.accept(&listener)
        })?;
        Ok(Self {
            address,
            shared,
            acceptor: Some(acceptor),
        })
    }

    /// The URL of the control interface.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for ControlServer {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.is_closing = true;
        state.connections.shut_down(Shutdown::Both);
        drop(state);
        self.shared.changed.notify_all();
        // Waits for calls that still hold a thread.
        self.shared.calls.close();
        // The acceptor blocks in `accept`; one more connection wakes it.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            // A panic of the thread is already on standard error.
            let _ = acceptor.join();
        }
        let is_open = |state: &mut State| state.connections.count() > 0;
        drop(self.shared.changed.wait_while(self.shared.lock(), is_open));
    }
}

impl fmt::Debug for ControlServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ControlServer")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        loop {
            let accepted = listener.accept();
            if self.lock().is_closing {
                return;
            }
            match accepted {
                Ok((stream, _)) => self.serve(stream),
                Err(_) => self.pause(),
            }
        }
    }

    fn serve(self: &Arc<Self>, stream: TcpStream) {
        let stream = Arc::new(stream);
        let mut state = self.lock();
        if state.connections.count() == MOST {
            drop(state);
            let error = ControlError::new(
                503,
                "TooManyConnections",
                format!("at most {MOST} open connections"),
            );
            let error = error
                .found("one more")
                .next("close connections that are not used");
            // The client may be gone.
            let _ = stream
                .set_write_timeout(Some(BACK_OFF))
                .and_then(|()| send(&stream, Err(error), true));
            return;
        }
        let number = state.connections.add(&stream);
        drop(state);
        let shared = Arc::clone(self);
        let guard = ConnectionGuard { shared, number };
        let started = thread::Builder::new()
            .name("control connection".to_owned())
            .spawn(move || {
                let shared = &guard.shared;
                let resources = Resources {
                    server: &shared.server,
                    calls: &shared.calls,
                    ready: &shared.ready,
                };
                // An error means that the client closed the connection or that the server ends.
                let _ = answer_requests(&stream, resources);
            });
        if started.is_err() {
            self.pause();
        }
    }

    /// Waits for a connection to end, or for the end of the server, but not long.
    fn pause(&self) {
        let state = self.lock();
        let ended = state.connections.ended();
        let waited = self.changed.wait_timeout_while(state, BACK_OFF, |state| {
            !state.is_closing && state.connections.ended() == ended
        });
        drop(waited);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes a connection when its thread ends, or when it could not be started.
struct ConnectionGuard {
    shared: Arc<Shared>,
    number: u64,
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.shared.lock().connections.remove(self.number);
        self.shared.changed.notify_all();
    }
}
