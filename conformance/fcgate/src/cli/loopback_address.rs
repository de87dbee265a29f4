//! A loopback address of the command line.

use std::net::SocketAddr;

/// Parses a loopback address. Other addresses are rejected, because any client could write into the report.
pub(super) fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| "expected 127.0.0.1:PORT".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("expected a loopback address, e.g. 127.0.0.1:8080".to_owned())
    }
}
