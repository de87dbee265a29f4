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

/// Answers the requests of a connection in a thread of its own. If the system gives no thread, it waits for a
/// connection to end; if there is none, the calling thread answers.
fn serve(connection: Connection) {
    let server = Arc::clone(&connection.server);
    // A thread that cannot be started drops its closure, so the connection is passed in a slot.
    let slot = Arc::new(Mutex::new(Some(connection)));
    loop {
        let taken = Arc::clone(&slot);
        let spawned = thread::Builder::new()
            .name("connection".to_owned())
            .spawn(move || answer(&taken));
        let Err(error) = spawned else {
            return;
        };
        server.lose(|losses| {
            losses.thread_errors.0 += 1;
            losses.thread_errors.1 = error.to_string();
        });
        if server.count_connections() <= 1 {
            return answer(&slot);
        }
        server.make_room(BACK_OFF);
        if server.is_closing() {
            return answer(&slot);
        }
    }
}

fn answer(slot: &Mutex<Option<Connection>>) {
    let connection = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(connection) = connection {
        // An error means that the client closed the connection or that the server shuts down.
        let _ = connection.answer_requests();
    }
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
