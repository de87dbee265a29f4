//! Checks the requests that arrived at the endpoint, independently of what the client reports.

use crate::corpus::InvokeExpectation;

use super::{Check, Comparer, sign};

/// The requests of one case, in the order of arrival.
pub type Arrivals = Vec<Arrival>;

/// One request that arrived for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The reason why the signature does not verify; `None` if it verifies.
    pub refusal: Option<String>,
}

impl Arrival {
    /// Creates an arrival; `refusal` is the reason why the signature does not verify.
    pub fn new(refusal: Option<String>) -> Self {
        Self { refusal }
    }
}

pub(super) fn checks(
    by: &Comparer,
    expect: &InvokeExpectation,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let expected = expect.requests.to_string();
    let actual = arrivals.len().to_string();
    checks.push(by.compare_text("requests", &expected, Some(&actual)));
    if expect.requests == 0 {
        return;
    }
    let refusal = arrivals
        .iter()
        .find_map(|arrival| arrival.refusal.as_deref());
    let actual = match refusal {
        Some(refusal) => refusal,
        None if arrivals.is_empty() => "no request arrived",
        None => sign::verification_text(true),
    };
    let holds = refusal.is_none() && !arrivals.is_empty();
    checks.push(by.check_property(
        "arrived.verifies",
        holds,
        sign::verification_text(true),
        actual,
    ));
}
