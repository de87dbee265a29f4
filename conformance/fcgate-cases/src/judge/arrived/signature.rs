//! The signature of the requests, and the nonce that it covers.

use fcgate_protocol::{Scheme, SignKind};

use crate::corpus::InvokeGiven;
use crate::oracle::{self, WireRequest};

use super::super::{Arrival, Arrivals, ArrivedRequest, Check, Comparer, sign};

const NEW_NONCE: &str = "a nonce that no earlier request of the run has";

/// Checks that the nonce is new; only ACS3 has one.
pub(super) fn nonce(by: &Comparer, given: &InvokeGiven, request: &ArrivedRequest) -> Option<Check> {
    if given.scheme != Scheme::Acs3 {
        return None;
    }
    let nonce = request.headers.get_trimmed("x-acs-signature-nonce");
    let actual = match nonce {
        None | Some("") => "no nonce",
        Some(_) if !request.has_new_nonce => "the nonce of an earlier request",
        Some(_) => NEW_NONCE,
    };
    Some(by.check_property("arrived.nonce", actual == NEW_NONCE, NEW_NONCE, actual))
}

/// Checks that every request that arrived verifies.
pub(super) fn verifies(by: &Comparer, given: &InvokeGiven, arrivals: &Arrivals) -> Check {
    let mut reasons = arrivals
        .requests
        .iter()
        .filter_map(|arrival| refusal(given, arrival));
    let refusal = match reasons.next() {
        None if arrivals.requests.is_empty() => Some("no request arrived".to_owned()),
        refusal => refusal,
    };
    let verifies = sign::verification_text(true);
    by.check_property(
        "arrived.verifies",
        refusal.is_none(),
        verifies,
        refusal.as_deref().unwrap_or(verifies),
    )
}

/// The reason why a request is refused.
fn refusal(given: &InvokeGiven, arrival: &Arrival) -> Option<String> {
    match arrival {
        Arrival::Request(request) => {
            let request = WireRequest::new(&request.method, &request.target)
                .headers(&request.headers)
                .body(&request.body);
            let verdict = oracle::verify(&request, given.scheme, SignKind::Api, &given.credentials);
            verdict.reason.map(|reason| reason.to_string())
        }
        Arrival::Unreadable(reason) => Some(format!("it cannot be read as a request: {reason}")),
        Arrival::Redirected(_) => Some("the client followed the redirect".to_owned()),
    }
}
