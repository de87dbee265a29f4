//! Judges what arrived against what the typed input demands.
//!
//! Every attempt is judged. A check shows the first attempt that is wrong. What a client chooses itself (Accept,
//! User-Agent, its own Content-Type, the order of the headers) is not judged.

mod any_request;
mod attempts;
mod connection;
mod input_headers;
mod secret;
mod session;
mod signature;
mod target;
mod task;
mod time;
mod trigger;
mod unsigned;

pub(super) use self::task::checks as of_task;
pub(super) use self::time::clock;
pub(super) use self::trigger::checks as of_trigger;

use fcgate_protocol::SignKind;

use crate::corpus::InvokeGiven;

use self::attempts::Attempts;
use self::signature::Signed;
use super::{Arrivals, Check, Comparer, long_body};

pub(super) fn checks(
    by: &Comparer,
    given: &InvokeGiven,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let attempts = Attempts::of(arrivals);
    checks.extend(
        attempts.check(|request| by.compare_text("arrived.method", "POST", Some(&request.method))),
    );
    checks.extend(attempts.check(|request| target::path(by, given, arrivals, request)));
    checks.extend(attempts.check(|request| target::query(by, given, request)));
    if session::has_cookie(given) {
        checks.extend(attempts.check(|request| session::cookies(by, given, request)));
    }
    for demanded in input_headers::demanded(given) {
        checks.extend(attempts.check(|request| demanded.check(by, request)));
    }
    checks.extend(attempts.check(|request| input_headers::unset(by, given, request)));
    let payload = given.payload();
    let payload = payload.as_ref();
    checks.extend(
        attempts
            .check(|request| long_body::compare(by, "arrived.body", payload, Some(&request.body))),
    );
    let signed = Signed {
        scheme: given.scheme,
        kind: SignKind::Api,
        credentials: &given.credentials,
    };
    any_request::checks(by, signed, payload, arrivals, checks);
}
