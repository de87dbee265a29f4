//! Judges what does not depend on what a request is for: time, nonce, connection, signature.

use fcgate_protocol::Credentials;

use super::super::{Arrivals, Check, Comparer};
use super::attempts::Attempts;
use super::signature::Signed;
use super::{connection, secret, signature, time};

pub(super) fn checks(
    by: &Comparer,
    signed: Signed<'_>,
    payload: &[u8],
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let attempts = Attempts::of(arrivals);
    let credentials = signed.credentials;
    checks.extend(attempts.check(|request| secret::is_not_sent(by, credentials, request)));
    checks.extend(attempts.check(|request| time::date(by, signed, request)));
    checks.extend(attempts.find(|request| signature::nonce(by, signed, request)));
    checks.extend(attempts.check(|request| connection::host(by, arrivals, request)));
    checks.extend(attempts.check(|request| connection::version(by, request)));
    checks.push(connection::framing(by, payload, arrivals));
    checks.push(signature::verifies(by, signed, arrivals));
}

/// The same for requests that are not signed.
pub(super) fn of_unsigned(
    by: &Comparer,
    credentials: &Credentials,
    payload: &[u8],
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let attempts = Attempts::of(arrivals);
    checks.extend(attempts.check(|request| secret::is_not_sent(by, credentials, request)));
    checks.extend(attempts.check(|request| connection::host(by, arrivals, request)));
    checks.extend(attempts.check(|request| connection::version(by, request)));
    checks.push(connection::framing(by, payload, arrivals));
}
