//! Listeners and connections on loopback that wait while the machine has no free port.
//!
//! A closed connection keeps its port for a minute. If a machine opens thousands of short connections, the kernel has no
//! free port for a while, and reports `AddrInUse` or `AddrNotAvailable`.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use socket2::SockRef;

use crate::answer::ByteStream as _;

/// The number of attempts, and the wait after each: in all longer than a closed connection keeps its port.
const ATTEMPTS: u32 = 130;
pub(super) const WAIT: Duration = Duration::from_millis(500);

/// Listens on a free port of 127.0.0.1.
///
/// # Errors
///
/// If no port becomes free within a minute.
pub fn listen() -> io::Result<TcpListener> {
    with_free_port(WAIT, || TcpListener::bind(("127.0.0.1", 0)))
}

/// Connects to a listener on loopback.
///
/// # Errors
///
/// If nothing listens there, or no port becomes free within a minute.
pub fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    with_free_port(WAIT, || TcpStream::connect(address))
}

/// Checks that this process can open a connection to a listener on loopback.
///
/// # Errors
///
/// If it cannot: nothing listens there, or this process has no file descriptor for the connection.
pub fn check(address: SocketAddr) -> io::Result<()> {
    connect(address)?.reset_when_dropped()
}

/// Wakes a thread that blocks in `accept` on this listener.
///
/// The connection for it is reset. If it were closed in the usual way, the system would keep its port for a minute, and
/// a self-test ends ten thousands of listeners: the search for a free port would take longer than the cases.
///
/// A process without a file descriptor for the connection shuts the listener down instead, which Linux allows.
pub fn wake_acceptor(listener: &TcpListener, address: SocketAddr) {
    if check(address).is_err() {
        shut_down(listener);
    }
}

/// Makes a listener refuse all connections, also those that wait for `accept`.
pub(super) fn shut_down(listener: &TcpListener) {
    // Some systems have no such operation; there the connections wait until the listener is dropped.
    let _ = SockRef::from(listener).shutdown(Shutdown::Both);
}

/// Repeats an operation while the machine has no free port for it.
pub(super) fn with_free_port<T>(
    wait: Duration,
    operation: impl Fn() -> io::Result<T>,
) -> io::Result<T> {
    for _ in 1..ATTEMPTS {
        match operation() {
            Err(error) if is_without_port(&error) => pause(wait),
            result => return result,
        }
    }
    operation()
}

fn is_without_port(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::AddrInUse | io::ErrorKind::AddrNotAvailable
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "the gate waits until the machine has a free port"
)]
fn pause(wait: Duration) {
    thread::sleep(wait);
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io;
    use std::time::Duration;

    use super::{ATTEMPTS, with_free_port};

    /// The result of an operation that fails with this kind of error for the first `failures` times, and its calls.
    fn run(failures: u32, kind: io::ErrorKind) -> (Result<(), io::ErrorKind>, u32) {
        let calls = Cell::new(0);
        let result = with_free_port(Duration::ZERO, || {
            calls.set(calls.get() + 1);
            if calls.get() <= failures {
                return Err(kind.into());
            }
            Ok(())
        });
        (result.map_err(|error| error.kind()), calls.get())
    }

    #[test]
    fn a_machine_without_a_free_port_is_waited_for() {
        for kind in [io::ErrorKind::AddrInUse, io::ErrorKind::AddrNotAvailable] {
            assert_eq!(run(3, kind), (Ok(()), 4));
            assert_eq!(run(u32::MAX, kind), (Err(kind), ATTEMPTS));
        }
    }

    #[test]
    fn any_other_error_is_returned_at_once() {
        let refused = io::ErrorKind::ConnectionRefused;
        assert_eq!(run(3, refused), (Err(refused), 1));
    }
}
