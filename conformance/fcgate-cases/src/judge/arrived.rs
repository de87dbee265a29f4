//! Judges what arrived against what the typed input demands.
//!
//! Every attempt is judged. A check shows the first attempt that is wrong. What a client chooses itself (Accept,
//! User-Agent, its own Content-Type, the order of the headers) is not judged.

mod connection;
mod input_headers;
mod secret;
mod signature;
mod target;
mod time;

pub(super) use self::time::clock;

use crate::corpus::InvokeGiven;

use super::{Arrivals, ArrivedRequest, Check, Comparer, long_body};

pub(super) fn checks(
    by: &Comparer,
    given: &InvokeGiven,
    arrivals: &Arrivals,
    checks: &mut Vec<Check>,
) {
    let attempts = Attempts(arrivals.readable().collect());
    checks.extend(
        attempts.check(|request| by.compare_text("arrived.method", "POST", Some(&request.method))),
    );
    checks.extend(attempts.check(|request| target::path(by, given, arrivals, request)));
    checks.extend(attempts.check(|request| target::query(by, given, request)));
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
    checks.extend(attempts.check(|request| secret::is_not_sent(by, given, request)));
    checks.extend(attempts.check(|request| time::date(by, given, request)));
    checks.extend(attempts.find(|request| signature::nonce(by, given, request)));
    checks.extend(attempts.check(|request| connection::host(by, arrivals, request)));
    checks.extend(attempts.check(|request| connection::version(by, request)));
    checks.push(connection::framing(by, payload, arrivals));
    checks.push(signature::verifies(by, given, arrivals));
}

/// The requests of a case that could be read, in the order of arrival.
struct Attempts<'a>(Vec<&'a ArrivedRequest>);

impl Attempts<'_> {
    /// The check of the first attempt that fails it, or of the first attempt.
    fn check(&self, judge: impl Fn(&ArrivedRequest) -> Check) -> Option<Check> {
        self.find(|request| Some(judge(request)))
    }

    /// The same for a check that may not apply. A check that only a further attempt fails has an id of its own:
    /// `arrived.again.body`.
    fn find(&self, judge: impl Fn(&ArrivedRequest) -> Option<Check>) -> Option<Check> {
        let mut first = None;
        for mut check in self.0.iter().filter_map(|request| judge(request)) {
            if check.failed() {
                if first.is_some() {
                    check.id = check.id.replacen("arrived.", "arrived.again.", 1);
                }
                return Some(check);
            }
            first.get_or_insert(check);
        }
        first
    }
}
