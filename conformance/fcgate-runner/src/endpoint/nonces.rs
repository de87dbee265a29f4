//! Detects a nonce that a client uses twice.

use std::collections::BTreeSet;

use fcgate_cases::judge::Arrival;
use fcgate_cases::oracle::WireRequest;

/// The nonces of the requests of one case.
#[derive(Debug, Default)]
pub(super) struct Nonces(BTreeSet<String>);

impl Nonces {
    /// The arrival of a request. A nonce that was used before is a refusal, as the service defines it.
    pub(super) fn of(&mut self, request: &WireRequest, refusal: Option<String>) -> Arrival {
        let nonce = request.value("x-acs-signature-nonce");
        let is_new = nonce.is_none_or(|nonce| self.0.insert(nonce.to_owned()));
        let reused = || "it carries the nonce of an earlier request".to_owned();
        Arrival::new(refusal.or_else(|| (!is_new).then(reused)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Nonces, WireRequest};

    #[test]
    fn a_second_request_with_the_same_nonce_is_refused() {
        let mut nonces = Nonces::default();
        let mut refusal = |request: WireRequest| nonces.of(&request, None).refusal;
        let request = WireRequest::new("POST", "/");
        let signed = |nonce| request.clone().header("X-Acs-Signature-Nonce", nonce);
        assert_eq!((refusal(signed("a")), refusal(signed("b"))), (None, None));
        assert!(refusal(signed("a")).is_some());
        assert_eq!((refusal(request.clone()), refusal(request)), (None, None));
    }
}
