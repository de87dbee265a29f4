//! Leaves out the checks of parts that the implementation lacks.

use crate::Claims;
use crate::corpus::Case;
use crate::parts;

use super::{Check, CheckStatus};

/// The kinds of an outcome that report a success.
const SUCCESSES: [&[u8]; 2] = [b"completed", b"accepted"];

/// Marks the checks that need a lacking part as unsupported.
///
/// `declined` is whether the reply was `unsupported`. That is a correct reply to a case whose input needs a lacking
/// part. The parts of an outcome are no reason to decline.
/// An error that the implementation cannot read completely may have any kind except a success.
pub fn withhold(case: &Case, claims: &Claims, declined: bool, checks: &mut Vec<Check>) {
    if !claims.withhold_a_check(case) {
        return;
    }
    let of_input = |part: &&str| !part.starts_with("outcome.");
    if declined && claims.lacking_parts(case).iter().any(of_input) {
        *checks = vec![Check::unsupported("reply")];
        return;
    }
    for check in checks {
        let parts = parts::of_check(case, &check.id);
        if check.id == "kind" && claims.lack_one_of(&parts) {
            accept_every_failure(check);
        } else if claims.lack_one_of(&parts) {
            *check = Check::unsupported(check.id.clone());
        }
    }
}

fn accept_every_failure(kind: &mut Check) {
    let actual = kind.actual.as_ref().and_then(|actual| actual.bytes());
    let is_failure = actual.is_some_and(|actual| !SUCCESSES.contains(&actual));
    if kind.status == CheckStatus::Fail && is_failure {
        *kind = Check::holds("kind", true, "a failure", "a failure");
    }
}
