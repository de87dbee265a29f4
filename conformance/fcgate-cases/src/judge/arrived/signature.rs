//! The signature of the requests, and the nonce that it covers.

use fcgate_protocol::{Credentials, Scheme, SignKind};

use crate::oracle::{self, WireRequest};

use super::super::{Arrival, Arrivals, ArrivedRequest, Check, Comparer, sign};

const NEW_NONCE: &str = "a nonce that no earlier request of the run has";

/// How the requests of a case are signed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) scheme: Scheme,
    pub(super) kind: SignKind,
    pub(super) credentials: &'a Credentials,
}

/// Checks that the nonce is new; only API requests by ACS3 have one.
pub(super) fn nonce(by: &Comparer, signed: Signed<'_>, request: &ArrivedRequest) -> Option<Check> {
    if signed.scheme != Scheme::Acs3 || signed.kind != SignKind::Api {
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
pub(super) fn verifies(by: &Comparer, signed: Signed<'_>, arrivals: &Arrivals) -> Check {
    let mut reasons = arrivals
        .requests
        .iter()
        .filter_map(|arrival| refusal(signed, arrival));
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
fn refusal(signed: Signed<'_>, arrival: &Arrival) -> Option<String> {
    match arrival {
        Arrival::Request(request) => {
            let request = WireRequest::new(&request.method, &request.target)
                .headers(&request.headers)
                .body(&request.body);
            let verdict = oracle::verify(&request, signed.scheme, signed.kind, signed.credentials);
            verdict.reason.map(|reason| reason.to_string())
        }
        Arrival::Unreadable(reason) => Some(format!("it cannot be read as a request: {reason}")),
        Arrival::Redirected(_) => Some("the client followed the redirect".to_owned()),
    }
}
