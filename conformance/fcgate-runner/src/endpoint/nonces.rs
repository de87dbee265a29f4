//! Detects a nonce that a client uses twice.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use fcgate_http::request::Request;

/// The nonces of all requests of a run.
#[derive(Debug, Default)]
pub(super) struct Nonces(Mutex<BTreeSet<String>>);

impl Nonces {
    /// Whether no earlier request had the nonce of this one. A request without a nonce is new.
    pub(super) fn is_new(&self, request: &Request) -> bool {
        let Some(nonce) = request.value("x-acs-signature-nonce") else {
            return true;
        };
        let mut nonces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        nonces.insert(nonce.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Nonces, Request};

    #[test]
    fn a_second_request_with_the_same_nonce_is_not_new() {
        let nonces = Nonces::default();
        let is_new = |header: &str| {
            let bytes = format!("POST / HTTP/1.1\r\n{header}\r\n\r\n");
            nonces.is_new(&Request::parse(bytes.as_bytes()).unwrap())
        };
        assert!(is_new("X-Acs-Signature-Nonce: a") && is_new("X-Acs-Signature-Nonce: b"));
        assert!(!is_new("x-acs-signature-nonce: a"));
        assert!(is_new("Host: h") && is_new("Host: h"));
    }
}
