//! Judges the request that arrived at an HTTP trigger: it is that of the caller, signed.

use fcgate_protocol::{Scheme, SignKind, TriggerAuth};

use crate::corpus::TriggerGiven;

use super::super::{Arrivals, ArrivedRequest, Check, Comparer, long_body, request_target};
use super::any_request;
use super::attempts::Attempts;
use super::input_headers::{self, DemandedHeader};
use super::signature::Signed;
use super::unsigned;

/// Compares every request with that of the caller.
pub(in super::super) fn checks(
    by: &Comparer,
    given: &TriggerGiven,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let attempts = Attempts::of(arrivals);
    checks.extend(
        attempts.check(|request| {
            by.compare_text("arrived.method", &given.method, Some(&request.method))
        }),
    );
    checks.extend(attempts.check(|request| path(by, given, request)));
    checks.extend(attempts.check(|request| query(by, given, request)));
    if let Some(TriggerAuth::Bearer { token }) = &given.auth {
        checks.extend(attempts.check(|request| bearer(by, token, request)));
    }
    for demanded in demanded_headers(given) {
        checks.extend(attempts.check(|request| demanded.check(by, request)));
    }
    checks.extend(
        attempts.check(|request| input_headers::unset_by_caller(by, &given.headers, request)),
    );
    let body = given.body.as_slice();
    checks.extend(
        attempts.check(|request| long_body::compare(by, "arrived.body", body, Some(&request.body))),
    );
    if given.auth.is_some() {
        checks.extend(attempts.check(|request| unsigned::check(by, given, request)));
        any_request::of_unsigned(by, &given.credentials, body, arrivals, checks);
        return;
    }
    let signed = Signed {
        scheme: given.scheme,
        kind: SignKind::HttpTrigger,
        credentials: &given.credentials,
    };
    any_request::checks(by, signed, body, arrivals, checks);
}

/// Compares the bearer token byte for byte, and its scheme without case (RFC 9110, section 11.1).
fn bearer(by: &Comparer, token: &str, request: &ArrivedRequest) -> Check {
    let expected = format!("Bearer {token}");
    let values: Vec<&str> = request.headers.get_all_trimmed("authorization").collect();
    let actual = (!values.is_empty()).then(|| values.join("\n"));
    let actual = actual.map(|value| match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer") => format!("Bearer {token}"),
        _ => value,
    });
    by.compare_text("arrived.header.authorization", &expected, actual.as_deref())
}

fn path(by: &Comparer, given: &TriggerGiven, request: &ArrivedRequest) -> Check {
    let (expected, _) = request_target::split(&given.target);
    let (actual, _) = request_target::split(&request.target);
    request_target::compare_path(by, "arrived.path", expected, actual)
}

fn query(by: &Comparer, given: &TriggerGiven, request: &ArrivedRequest) -> Check {
    let (_, expected) = request_target::split(&given.target);
    let (_, actual) = request_target::split(&request.target);
    let expected = request_target::pairs(expected);
    request_target::compare_query(by, "arrived.query", &expected, actual)
}

fn demanded_headers(given: &TriggerGiven) -> Vec<DemandedHeader> {
    let token = input_headers::token(given.scheme, &given.credentials);
    // The ACS3 recipe of HTTP triggers sends the header of the token even if there is none.
    let empty = (given.scheme == Scheme::Acs3).then(|| ("x-acs-security-token", String::new()));
    let token = token.or(empty).filter(|_| given.auth.is_none());
    let demanded = token.into_iter().map(DemandedHeader::single).collect();
    input_headers::with_those_of_the_caller(demanded, &given.headers)
}
