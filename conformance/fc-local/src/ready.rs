//! The ready document: what a test needs to call a server, in one line of JSON.

use std::process;

use serde_json::{Value, json};

use super::demo_account::{ACCOUNT, REGION};
use super::document_version::VERSION;
use super::keys::Keys;

/// The addresses of a server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Addresses<'a> {
    pub(super) url: &'a str,
    pub(super) address: std::net::SocketAddr,
    pub(super) control_url: Option<&'a str>,
    /// The path of the certificate of the authority.
    pub(super) ca_certificate: Option<&'a str>,
}

/// The ready document.
pub(super) fn document(addresses: Addresses<'_>, keys: &Keys) -> Value {
    json!({
        "version": VERSION,
        "program": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
        "pid": process::id(),
        "url": addresses.url,
        "address": addresses.address.to_string(),
        "port": addresses.address.port(),
        "control_url": addresses.control_url,
        "account_id": ACCOUNT,
        "region": REGION,
        "access_key_id": keys.lasting.access_key_id,
        "access_key_secret": keys.lasting.access_key_secret,
        "temporary_access_key_id": keys.temporary.access_key_id,
        "temporary_access_key_secret": keys.temporary.access_key_secret,
        "security_token": keys.token(),
        "bearer_token": Keys::bearer_token(),
        "ca_certificate": addresses.ca_certificate,
    })
}
