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
    let start = u16::try_from(start).unwrap_or_default();
    let mut ports = (0..ATTEMPTS).map(|attempt| FIRST + (start + attempt) % COUNT);
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    ports
        .find(is_free)
        .ok_or_else(|| io::ErrorKind::AddrInUse.into())
}

#[cfg(test)]
mod tests {
    use super::free_port;
    use std::net::TcpListener;

    #[test]
    fn the_port_is_free_and_no_listener_at_port_0_gets_it() {
        let port = free_port().unwrap();
        assert!((10_000..32_768).contains(&port), "{port}");
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        assert_ne!(free_port().unwrap(), listener.local_addr().unwrap().port());
    }
}
