//! The observable part of a result, as digests: enough to compare mistakes, nothing to display.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;

use fcgate_cases::judge::{CaseResult, Check, CheckStatus, ShownRequest, Status};

use crate::mutant::Mutant;

/// The checks that show a signature.
const VERIFICATIONS: [&str; 2] = ["verifies", "arrived.verifies"];

/// The headers that a client chooses itself, or that checks compare (`host` has a check, dates and nonces too).
const CHOSEN: [&str; 18] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "date",
    "expect",
    "host",
    "keep-alive",
    "te",
    "transfer-encoding",
    "user-agent",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-signature-nonce",
];

/// The checks and the requests of a result, as digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    crashed: bool,
    checks: Vec<CheckDigest>,
    /// The requests without what a client chooses itself; empty if the result has none.
    requests: Vec<u64>,
    /// The mistakes that give the signatures of the requests, see [`ShownRequest::mistakes`].
    signed_with: Vec<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CheckDigest {
    id: u64,
    status: CheckStatus,
    /// The actual value of a failed check. The value of a passed check is the expected one.
    value: Option<u64>,
}

impl Fingerprint {
    /// The observable part of a result.
    pub fn of(result: &CaseResult) -> Self {
        Self {
            crashed: result.status == Status::Crash,
            checks: result.checks.iter().map(CheckDigest::of).collect(),
            requests: result.requests.iter().map(request).collect(),
            signed_with: result
                .requests
                .iter()
                .flat_map(|request| &request.mistakes)
                .map(|code| digest(code))
                .collect(),
        }
    }

    /// Whether this mistake gives the wrong signature of a request.
    pub fn is_signed_with(&self, mutant: &Mutant) -> bool {
        self.signed_with.contains(&digest(mutant.code))
    }

    /// Whether the answer of a mutant equals this wrong answer in every check that the subject supports, and in the
    /// requests that were sent.
    pub fn equals(&self, mutant: &Mutant, answer: &Self) -> bool {
        if self.is_signed_with(mutant) {
            // A client that sends other headers of its own signs another text with the same mistake.
            return self
                .without_signature()
                .equals_in_all(&answer.without_signature());
        }
        self.equals_in_all(answer)
    }

    fn without_signature(&self) -> Self {
        let mut rest = self.clone();
        for check in &mut rest.checks {
            if VERIFICATIONS.iter().any(|id| check.id == digest(id)) {
                check.value = None;
            }
        }
        rest
    }

    fn equals_in_all(&self, mutant: &Self) -> bool {
        if self.crashed || mutant.crashed {
            return self.crashed && mutant.crashed;
        }
        let are_comparable = !self.requests.is_empty() && !mutant.requests.is_empty();
        if are_comparable && self.requests != mutant.requests {
            return false;
        }
        let supported = || {
            let checks = self.checks.iter();
            checks.filter(|check| check.status != CheckStatus::Unsupported)
        };
        supported().any(|check| check.status == CheckStatus::Fail)
            && supported().all(|check| mutant.checks.contains(check))
            && mutant
                .failures_supported_by(self)
                .all(|check| self.checks.contains(check))
    }

    /// Whether a mutant fails a check that the subject of this result supports.
    pub fn differs_from_failure(&self, mutant: &Self) -> bool {
        mutant.crashed
            || mutant.checks.is_empty()
            || mutant.failures_supported_by(self).next().is_some()
    }

    /// The failed checks, without those that the subject does not support.
    fn failures_supported_by<'a>(
        &'a self,
        subject: &'a Self,
    ) -> impl Iterator<Item = &'a CheckDigest> {
        let is_unsupported = |id: u64| {
            let mut checks = subject.checks.iter();
            checks.any(|check| check.id == id && check.status == CheckStatus::Unsupported)
        };
        let failures = self.checks.iter();
        failures.filter(move |check| check.status == CheckStatus::Fail && !is_unsupported(check.id))
    }
}

impl CheckDigest {
    fn of(check: &Check) -> Self {
        let actual = || match check.id.as_str() {
            // The message of a refusal is not compared.
            "reply" => {
                let actual = check.actual_text()?;
                let is_refusal = actual.starts_with("err ");
                let class = actual.split(':').next().filter(|_| is_refusal);
                Some(digest(class.unwrap_or(&actual)))
            }
            _ => check.actual_text().map(|actual| digest(&actual)),
        };
        Self {
            id: digest(&check.id),
            status: check.status,
            value: if check.failed() { actual() } else { None },
        }
    }
}

/// The request line, the body, and the headers that a client does not choose itself.
fn request(request: &ShownRequest) -> u64 {
    let mut lines = request.head.iter();
    let first = lines.next().cloned().unwrap_or_default();
    let mut parts: Vec<String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| !CHOSEN.contains(&name.as_str()))
        .map(|(name, value)| format!("{name}:{value}"))
        .collect();
    parts.sort();
    parts.push(first);
    parts.push(request.body.clone());
    // Whether the signature is right for the names that were signed, although they are not the right ones.
    let signed = request.signed_text.as_ref();
    let is_right = signed.is_some_and(|check| check.status == CheckStatus::Pass);
    parts.push(is_right.to_string());
    parts.push(request.body_length.to_string());
    digest(&parts.join("\n"))
}

/// A digest that differs for different texts within one run.
fn digest(text: &str) -> u64 {
    static SALT: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    SALT.hash_one(text)
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;
    use fcgate_cases::corpus::Corpus;
    use fcgate_cases::judge::{CaseResult, Check};

    fn fingerprint(checks: Vec<Check>) -> Fingerprint {
        let corpus = Corpus::embedded().unwrap();
        Fingerprint::of(&CaseResult::judged(corpus.cases()[0], checks))
    }

    fn equals(subject: &Fingerprint, answer: &Fingerprint) -> bool {
        subject.equals(crate::named("method-put").unwrap(), answer)
    }

    fn method(actual: &str) -> Check {
        Check::equal_text("method", "POST", Some(actual))
    }

    fn path(actual: &str) -> Check {
        Check::equal_text("path", "/a", Some(actual))
    }

    #[test]
    fn answers_are_equal_only_in_every_check() {
        let subject = fingerprint(vec![method("PUT"), path("/b")]);
        assert!(equals(
            &subject,
            &fingerprint(vec![method("PUT"), path("/b")])
        ));
        assert!(!equals(
            &subject,
            &fingerprint(vec![method("PUT"), path("/c")])
        ));
        assert!(!equals(
            &subject,
            &fingerprint(vec![method("PUT"), path("/a")])
        ));
        assert!(!equals(
            &subject,
            &fingerprint(vec![method("POST"), path("/b")])
        ));
    }

    #[test]
    fn a_mutant_that_fails_one_more_check_is_not_equal() {
        let subject = fingerprint(vec![path("/b")]);
        let late = Check::holds("late-requests", false, "none", "1");
        assert!(!equals(&subject, &fingerprint(vec![path("/b"), late])));
    }

    #[test]
    fn a_result_without_checks_equals_no_mutant() {
        assert!(!equals(
            &fingerprint(Vec::new()),
            &fingerprint(vec![path("/b")])
        ));
    }

    #[test]
    fn unsupported_checks_are_not_compared() {
        let authorization = || Check::equal_text("authorization", "c", Some("d"));
        let string = Check::equal_text("string_to_sign", "a", Some("b"));
        let subject = fingerprint(vec![Check::unsupported("string_to_sign"), authorization()]);
        assert!(equals(
            &subject,
            &fingerprint(vec![string, authorization()])
        ));
    }

    #[test]
    fn a_failure_in_an_unsupported_check_contradicts_no_passed_case() {
        let string = Check::equal_text("string_to_sign", "a", Some("b"));
        let mutant = fingerprint(vec![string]);
        let silent = fingerprint(vec![Check::unsupported("string_to_sign")]);
        assert!(!silent.differs_from_failure(&mutant));
        let shown = Check::equal_text("string_to_sign", "a", Some("a"));
        assert!(fingerprint(vec![shown]).differs_from_failure(&mutant));
    }

    #[test]
    fn the_message_of_a_refusal_is_ignored() {
        let reply = |words: &str| fingerprint(vec![Check::holds("reply", false, "ok", words)]);
        let subject = reply("err input: bad name");
        assert!(equals(&subject, &reply("err input: no")));
        assert!(!equals(&subject, &reply("err internal: no")));
    }
}
