//! Accepts connections, and starts a thread for each.
//!
//! A shortage of descriptors or threads delays connections; it never ends the listener. Connections without a request
//! are closed to make room.

use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::connection::Connection;
use super::open_connections::SHORTEST_IDLE;
use super::server_state::ServerState;

/// The longest wait before the acceptor tries again after a shortage. A connection that ends is the end of the wait.
const BACK_OFF: Duration = Duration::from_millis(200);
/// The time in which connections may end by themselves when the server shuts down.
const GRACE: Duration = Duration::from_secs(2);

/// Accepts connections until the server shuts down, then waits for them to end.
pub(super) fn run(listener: &TcpListener, server: &Arc<ServerState>) {
    let guard = PanicGuard(server);
    loop {
        server.wait_for_room(BACK_OFF);
        if server.is_closing() {
            break;
        }
        match listener.accept() {
            Ok((stream, _)) => serve(Connection::new(stream, server)),
            Err(error) if concerns_one_connection(&error) => {}
            Err(error) => {
                note_shortage(server, &error);
                server.make_room(BACK_OFF);
            }
        }
    }
    accept_waiting(listener, server);
    server.end_connections(GRACE);
    drop(guard);
}

/// Accepts the connections that were waiting when the server shut down: their requests have been sent.
fn accept_waiting(listener: &TcpListener, server: &Arc<ServerState>) {
    if let Err(error) = listener.set_nonblocking(true) {
        server.lose(|losses| losses.unaccepted = Some(error.to_string()));
        return;
    }
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                // On some systems the stream inherits the mode of the listener.
                match stream.set_nonblocking(false) {
                    Ok(()) => serve(Connection::new(stream, server)),
                    Err(error) => {
                        server.lose(|losses| losses.unaccepted = Some(error.to_string()));
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
            Err(error) if concerns_one_connection(&error) => {}
            Err(error) => {
                // The connections that are open give their descriptors back.
                note_shortage(server, &error);
                if server.count_connections() == 0 {
                    server.lose(|losses| losses.unaccepted = Some(error.to_string()));
                    return;
                }
                server.end_connections(GRACE);
            }
        }
    }
}

/// Whether an error of `accept` is about the connection, not about the system.
fn concerns_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

fn note_shortage(server: &ServerState, error: &io::Error) {
    server.lose(|losses| {
        losses.accept_errors.0 += 1;
        losses.accept_errors.1 = error.to_string();
    });
}

/// Answers the requests of a connection in a thread of its own.
fn serve(connection: Connection) {
    serve_in(connection, |work| {
        let thread = thread::Builder::new().name("connection".to_owned());
        thread.spawn(work).map(drop)
    });
}

type Work = Box<dyn FnOnce() + Send>;

/// Answers the requests of a connection in a thread that `start` starts. If the system gives no thread, it waits for a
/// connection to end; if there is none, the calling thread answers.
fn serve_in(connection: Connection, start: impl Fn(Work) -> io::Result<()>) {
    let server = Arc::clone(&connection.server);
    // A thread that cannot be started drops its closure, so the connection is passed in a slot.
    let slot = Arc::new(Mutex::new(Some(connection)));
    loop {
        let taken = Arc::clone(&slot);
        let started = start(Box::new(move || {
            if let Some(connection) = take(&taken) {
                answer(&connection);
            }
        }));
        let Err(error) = started else {
            return;
        };
        server.lose(|losses| {
            losses.thread_errors.0 += 1;
            losses.thread_errors.1 = error.to_string();
        });
        let is_only = server.count_connections() <= 1;
        if !is_only {
            server.make_room(BACK_OFF);
        }
        if is_only || server.is_closing() {
            if let Some(mut connection) = take(&slot) {
                // No other client is accepted meanwhile, so a connection without a request ends soon.
                connection.idle_limit = connection.idle_limit.min(SHORTEST_IDLE);
                answer(&connection);
            }
            return;
        }
    }
}

fn take(slot: &Mutex<Option<Connection>>) -> Option<Connection> {
    slot.lock().unwrap_or_else(PoisonError::into_inner).take()
}

fn answer(connection: &Connection) {
    // An error means that the client closed the connection or that the server shuts down.
    let _ = connection.answer_requests();
}

/// Stops the server if the acceptor panics, so that the process does not run on without a listener.
struct PanicGuard<'a>(&'a ServerState);

impl Drop for PanicGuard<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lose(|losses| losses.is_acceptor_dead = true);
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read as _};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::time::Duration;

    use super::{Connection, serve_in};
    use crate::affinity::{Affinity, SessionHeaderName};
    use crate::background::BackgroundCalls;
    use crate::exchange::Context;
    use crate::explanation::Explainer;
    use crate::functions::FunctionTable;
    use crate::keys::Keys;
    use crate::log_sink::LogSink;
    use crate::server_state::ServerState;
    use crate::tasks::Tasks;
    use crate::{Bodies, Clock, Limits};

    #[test]
    fn without_any_thread_an_idle_connection_does_not_stop_the_acceptor() {
        let (clock, log): (_, LogSink) = (Clock::system(), Arc::new(|_: &str| {}));
        let tasks = Arc::new(Tasks::default());
        let context = Context {
            keys: Keys::dummy(),
            host: "127.0.0.1".to_owned(),
            port: 80,
            bodies: Bodies::Both,
            revision: None,
            any_time: false,
            background: BackgroundCalls::new(Arc::clone(&tasks), clock.clone(), Arc::clone(&log)),
            calls: None,
            clock,
            explainer: Explainer::default(),
            tasks,
            functions: FunctionTable::default(),
            affinity: Affinity::new(SessionHeaderName::default(), String::new()),
        };
        let mut limits = Limits::new();
        limits.idle = Duration::from_secs(3_600);
        let slow = Duration::ZERO;
        let server = Arc::new(ServerState::new(context, slow, limits, None, None, log));
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let accepted = Connection::new(listener.accept().unwrap().0, &server);
        let acceptor = std::thread::spawn(|| {
            serve_in(accepted, |_| Err(io::ErrorKind::WouldBlock.into()));
        });
        // Longer than any load can delay the end of the connection, and shorter than the limit.
        let wait = Some(Duration::from_secs(60));
        client.set_read_timeout(wait).unwrap();
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
        acceptor.join().unwrap();
    }
}
