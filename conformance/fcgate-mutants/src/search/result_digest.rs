//! The observable part of a result, as digests: enough to compare mistakes, nothing to display.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;

use fcgate_cases::judge::{CaseResult, Check, CheckStatus, Status};

/// The checks of a result, as digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    crashed: bool,
    checks: Vec<CheckDigest>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CheckDigest {
    id: u64,
    status: CheckStatus,
    value: Option<u64>,
}

/// How far the answer of a mutant equals a wrong answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Similarity {
    /// Different.
    None,
    /// The same at the first check that fails.
    FirstFailure,
    /// The same in every check.
    Complete,
}

impl Fingerprint {
    /// The observable part of a result.
    pub fn of(result: &CaseResult) -> Self {
        Self {
            crashed: result.status == Status::Crash,
            checks: result.checks.iter().map(CheckDigest::of).collect(),
        }
    }

    /// How far the answer of a mutant equals this wrong answer.
    pub fn similarity(&self, mutant: &Self) -> Similarity {
        if self.crashed || mutant.crashed {
            return if self.crashed && mutant.crashed {
                Similarity::Complete
            } else {
                Similarity::None
            };
        }
        let supported = || {
            let checks = self.checks.iter();
            checks.filter(|check| check.status != CheckStatus::Unsupported)
        };
        let same = |check: &CheckDigest| mutant.checks.contains(check);
        if !supported().any(|check| check.status == CheckStatus::Fail) {
            return Similarity::None;
        }
        for check in supported() {
            if check.status == CheckStatus::Fail {
                if !same(check) {
                    return Similarity::None;
                }
                break;
            }
            let fails =
                |other: &&CheckDigest| other.id == check.id && other.status == CheckStatus::Fail;
            if mutant.checks.iter().any(|other| fails(&other)) {
                return Similarity::None;
            }
        }
        if supported().all(same) {
            Similarity::Complete
        } else {
            Similarity::FirstFailure
        }
    }
}

impl CheckDigest {
    fn of(check: &Check) -> Self {
        let value = check.actual_text().map(|actual| match check.id.as_str() {
            // The message of a refusal is not compared.
            "reply" => digest(actual.split(':').next().unwrap_or_default()),
            _ => digest(&actual),
        });
        Self {
            id: digest(&check.id),
            status: check.status,
            value,
        }
    }
}

/// A digest that differs for different texts within one run.
fn digest(text: &str) -> u64 {
    static SALT: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    SALT.hash_one(text)
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, Similarity};
    use fcgate_cases::corpus::Corpus;
    use fcgate_cases::judge::{CaseResult, Check};

    fn fingerprint(checks: Vec<Check>) -> Fingerprint {
        let corpus = Corpus::embedded().unwrap();
        Fingerprint::of(&CaseResult::judged(corpus.cases()[0], checks))
    }

    #[test]
    fn the_first_failing_check_decides_and_the_others_grade_the_likeness() {
        let subject = fingerprint(vec![
            Check::equal_text("string_to_sign", "a", Some("b")),
            Check::equal_text("authorization", "c", Some("d")),
        ]);
        let similarity = |string: &str, authorization: &str| {
            subject.similarity(&fingerprint(vec![
                Check::equal_text("string_to_sign", "a", Some(string)),
                Check::equal_text("authorization", "c", Some(authorization)),
            ]))
        };
        assert_eq!(similarity("b", "d"), Similarity::Complete);
        assert_eq!(similarity("b", "e"), Similarity::FirstFailure);
        assert_eq!(similarity("x", "d"), Similarity::None);
    }

    #[test]
    fn a_result_without_checks_equals_no_mutant() {
        let mutant = fingerprint(vec![Check::equal_text("path", "/a", Some("/b"))]);
        assert_eq!(
            fingerprint(Vec::new()).similarity(&mutant),
            Similarity::None
        );
    }

    #[test]
    fn a_mutant_that_fails_an_earlier_check_does_not_match() {
        let subject = fingerprint(vec![
            Check::equal_text("method", "POST", Some("POST")),
            Check::equal_text("path", "/a", Some("/b")),
        ]);
        let mutant = fingerprint(vec![
            Check::equal_text("method", "POST", Some("PUT")),
            Check::equal_text("path", "/a", Some("/b")),
        ]);
        assert_eq!(subject.similarity(&mutant), Similarity::None);
    }

    #[test]
    fn unsupported_checks_are_not_compared() {
        let subject = fingerprint(vec![
            Check::unsupported("string_to_sign"),
            Check::equal_text("authorization", "c", Some("d")),
        ]);
        let mutant = fingerprint(vec![
            Check::equal_text("string_to_sign", "a", Some("b")),
            Check::equal_text("authorization", "c", Some("d")),
        ]);
        assert_eq!(subject.similarity(&mutant), Similarity::Complete);
    }

    #[test]
    fn the_message_of_a_refusal_is_ignored() {
        let reply = |words: &str| fingerprint(vec![Check::holds("reply", false, "ok", words)]);
        let subject = reply("err input: bad name");
        assert_eq!(
            subject.similarity(&reply("err input: no")),
            Similarity::Complete
        );
        assert_eq!(
            subject.similarity(&reply("err internal: no")),
            Similarity::None
        );
    }
}
