//! Judges a call of an HTTP trigger by the response that the caller sees and by the requests that arrived.

use fcgate_protocol::TriggerOutput;

use crate::corpus::{ExpectedResponse, TriggerExpectation, TriggerGiven};

use super::{Arrivals, Check, Comparer, arrived, long_body, redirected};

/// Compares the response. Its headers may be more than the expected ones.
pub(super) fn response(
    by: &Comparer,
    expected: Option<&ExpectedResponse>,
    output: &TriggerOutput,
    checks: &mut Vec<Check>,
) {
    let actual = output.response.as_ref();
    let Some(expected) = expected else {
        let body = actual.map(|response| response.body.as_slice());
        checks.push(by.compare_absent("no-response", body));
        return;
    };
    let status = actual.map(|response| response.status.to_string());
    checks.push(by.compare_text(
        "response.status",
        &expected.status.to_string(),
        status.as_deref(),
    ));
    for (name, value) in &expected.headers {
        let id = format!("response.header.{}", name.to_ascii_lowercase());
        let actual = actual.and_then(|response| response.headers.get_trimmed(name));
        checks.push(by.compare_text(id, value, actual));
    }
    let body = actual.map(|response| response.body.as_slice());
    checks.push(long_body::compare(
        by,
        "response.body",
        &expected.body,
        body,
    ));
}

/// Compares the requests that arrived.
pub(super) fn arrivals(
    by: &Comparer,
    given: &TriggerGiven,
    expect: &TriggerExpectation,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let actual = arrivals.requests.len().to_string();
    checks.push(by.compare_text("requests", &expect.requests.to_string(), Some(&actual)));
    let answers = std::slice::from_ref(&given.answer);
    checks.extend(redirected::check(by, answers, arrivals));
    if expect.requests > 0 {
        arrived::of_trigger(by, given, arrivals, checks);
    }
}
