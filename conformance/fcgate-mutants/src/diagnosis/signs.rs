//! What of a result tells one mistake from another, and nothing that could be shown.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;

use fcgate_cases::judge::{CaseResult, Check, CheckStatus, Status};

/// The checks of a case in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    crashed: bool,
    checks: Vec<Sign>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign {
    id: u64,
    status: CheckStatus,
    value: Option<u64>,
}

/// How like a wrong answer is to that of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Another one.
    None,
    /// The same at the first check that fails.
    First,
    /// The same in every check.
    Whole,
}

impl Signs {
    /// The observable part of a result.
    pub fn of(result: &CaseResult) -> Self {
        Self {
            crashed: result.status == Status::Crash,
            checks: result.checks.iter().map(Sign::of).collect(),
        }
    }

    /// How like the answer of a mutant is to this wrong one.
    pub fn likeness(&self, mutant: &Self) -> Likeness {
        if self.crashed || mutant.crashed {
            return if self.crashed && mutant.crashed {
                Likeness::Whole
            } else {
                Likeness::None
            };
        }
        let shown = || {
            let checks = self.checks.iter();
            checks.filter(|check| check.status != CheckStatus::Unsupported)
        };
        let same = |check: &Sign| mutant.checks.contains(check);
        if !shown().any(|check| check.status == CheckStatus::Fail) {
            return Likeness::None;
        }
        for check in shown() {
            if check.status == CheckStatus::Fail {
                if !same(check) {
                    return Likeness::None;
                }
                break;
            }
            let fails = |other: &&Sign| other.id == check.id && other.status == CheckStatus::Fail;
            if mutant.checks.iter().any(|other| fails(&other)) {
                return Likeness::None;
            }
        }
        if shown().all(same) {
            Likeness::Whole
        } else {
            Likeness::First
        }
    }
}

impl Sign {
    fn of(check: &Check) -> Self {
        let value = check
            .actual
            .as_deref()
            .map(|actual| match check.id.as_str() {
                // The words of a refusal are its own.
                "reply" => actual.split(':').next().unwrap_or_default(),
                _ => actual,
            });
        Self {
            id: digest(&check.id),
            status: check.status,
            value: value.map(digest),
        }
    }
}

/// Enough to tell two texts of one run apart.
fn digest(text: &str) -> u64 {
    static SALT: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    SALT.hash_one(text)
}

#[cfg(test)]
mod tests {
    use super::{Likeness, Signs};
    use fcgate_cases::corpus::Corpus;
    use fcgate_cases::judge::{CaseResult, Check};

    fn signs(checks: Vec<Check>) -> Signs {
        let corpus = Corpus::embedded().unwrap();
        Signs::of(&CaseResult::judged(corpus.cases()[0], checks))
    }

    #[test]
    fn the_first_failing_check_decides_and_the_others_tell_how_well() {
        let subject = signs(vec![
            Check::equal_text("string_to_sign", "a", Some("b")),
            Check::equal_text("authorization", "c", Some("d")),
        ]);
        let like = |string: &str, authorization: &str| {
            subject.likeness(&signs(vec![
                Check::equal_text("string_to_sign", "a", Some(string)),
                Check::equal_text("authorization", "c", Some(authorization)),
            ]))
        };
        assert_eq!(like("b", "d"), Likeness::Whole);
        assert_eq!(like("b", "e"), Likeness::First);
        assert_eq!(like("x", "d"), Likeness::None);
    }

    #[test]
    fn who_says_nothing_makes_no_mistake_that_could_be_named() {
        let mutant = signs(vec![Check::equal_text("path", "/a", Some("/b"))]);
        assert_eq!(signs(Vec::new()).likeness(&mutant), Likeness::None);
    }

    #[test]
    fn a_mutant_that_fails_before_is_another_mistake() {
        let subject = signs(vec![
            Check::equal_text("method", "POST", Some("POST")),
            Check::equal_text("path", "/a", Some("/b")),
        ]);
        let mutant = signs(vec![
            Check::equal_text("method", "POST", Some("PUT")),
            Check::equal_text("path", "/a", Some("/b")),
        ]);
        assert_eq!(subject.likeness(&mutant), Likeness::None);
    }

    #[test]
    fn what_a_subject_does_not_show_is_not_compared() {
        let subject = signs(vec![
            Check::unsupported("string_to_sign"),
            Check::equal_text("authorization", "c", Some("d")),
        ]);
        let mutant = signs(vec![
            Check::equal_text("string_to_sign", "a", Some("b")),
            Check::equal_text("authorization", "c", Some("d")),
        ]);
        assert_eq!(subject.likeness(&mutant), Likeness::Whole);
    }

    #[test]
    fn the_words_of_a_refusal_do_not_count() {
        let reply = |words: &str| signs(vec![Check::holds("reply", false, "ok", words)]);
        let subject = reply("err input: bad name");
        assert_eq!(subject.likeness(&reply("err input: no")), Likeness::Whole);
        assert_eq!(subject.likeness(&reply("err internal: no")), Likeness::None);
    }
}
