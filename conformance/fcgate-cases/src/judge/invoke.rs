//! Checks the requests that arrived at the endpoint, independently of what the client reports.

use crate::corpus::{InvokeExpectation, InvokeGiven};

use super::{Arrivals, Check, Comparer, arrived, redirected};

pub(super) fn checks(
    by: &Comparer,
    given: &InvokeGiven,
    expect: &InvokeExpectation,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let Some(expected) = expect.requests else {
        return;
    };
    let actual = arrivals.requests.len().to_string();
    checks.push(by.compare_text("requests", &expected.to_string(), Some(&actual)));
    checks.extend(redirected::check(by, &given.answers, arrivals));
    if expected > 0 {
        arrived::checks(by, given, arrivals, checks);
    }
}
