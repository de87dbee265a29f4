//! The port of a server that is started.

use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::net::TcpListener;

/// Ports below those that systems give to clients and to listeners at port 0: from 32768 on Linux, from 49152 elsewhere
/// (RFC 6335). Such a port could go to another program before the server listens, which would get its calls.
const FIRST: u16 = 10_000;
const COUNT: u16 = 22_768;

/// How many ports are tried.
const ATTEMPTS: u16 = 100;

/// A port of 127.0.0.1 on which nothing listens.
///
/// # Errors
///
/// If none of the ports that were tried is free.
pub(super) fn free_port() -> io::Result<u16> {
    let start = RandomState::new().hash_one(std::process::id()) % u64::from(COUNT);
    free_port_from(u16::try_from(start).unwrap_or_default())
}

/// The first free port at or after this place in the range, which begins again after its end.
fn free_port_from(start: u16) -> io::Result<u16> {
    let mut ports = (0..ATTEMPTS).map(|attempt| FIRST + (start + attempt) % COUNT);
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    ports
        .find(is_free)
        .ok_or_else(|| io::ErrorKind::AddrInUse.into())
}

#[cfg(test)]
mod tests {
    use super::{COUNT, FIRST, free_port, free_port_from};
    use std::net::TcpListener;

    #[test]
    fn the_port_is_free_and_below_those_that_systems_give_away() {
        let port = free_port().unwrap();
        assert!((10_000..32_768).contains(&port), "{port}");
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let next = free_port_from(port - FIRST).unwrap();
        assert_ne!(next, port, "the port of {listener:?} is not free");
    }

    #[test]
    fn the_range_begins_again_after_its_end() {
        let port = free_port_from(COUNT - 1).unwrap();
        assert!((10_000..32_768).contains(&port), "{port}");
    }
}
