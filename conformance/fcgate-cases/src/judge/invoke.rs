//! Checks the requests that arrived at the endpoint, independently of what the client reports.

use crate::corpus::{InvokeExpectation, InvokeGiven};

use super::{Arrivals, Check, Comparer, arrived};

pub(super) fn checks(
    by: &Comparer,
    given: &InvokeGiven,
    expect: &InvokeExpectation,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let expected = expect.requests.to_string();
    let actual = arrivals.requests.len().to_string();
    checks.push(by.compare_text("requests", &expected, Some(&actual)));
    if expect.requests > 0 {
        arrived::checks(by, given, arrivals, checks);
    }
}
