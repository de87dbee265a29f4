//! The linter: what a corpus must be before it may judge anybody.

mod coverage;
mod dummies;
mod evidence;
mod format;
mod names;
mod reach;
mod sets;
mod twins;

use std::collections::BTreeSet;
use std::fmt;

use super::{Case, Corpus, Files};

pub(super) use self::reach::implied;

/// One offence against the rules of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The case, the requirement or the file.
    pub place: String,
    /// The rule, a stable word.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    fn new(place: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            rule,
            message: message.into(),
        }
    }

    fn of(case: &Case, rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(&case.id, rule, message)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.rule, self.message)
    }
}

/// Checks a corpus and the files it was read from; a sound one gives no finding.
///
/// Without these rules nobody may be judged. What a corpus has to have before it is released is
/// [`lint_release`].
pub fn lint(corpus: &Corpus, files: &Files) -> Vec<Finding> {
    let mut findings = lint_cases(corpus);
    format::lint(corpus, files, &mut findings);
    findings.sort();
    findings
}

/// Checks what a verdict rests on; how the files are written is left to [`lint`].
pub fn lint_cases(corpus: &Corpus) -> Vec<Finding> {
    let mut findings = Vec::new();
    names::lint(corpus, &mut findings);
    evidence::lint(corpus, &mut findings);
    twins::lint(corpus, &mut findings);
    dummies::lint(corpus, &mut findings);
    findings.sort();
    findings
}

/// Checks what a corpus has to have beyond that before it is released: every `must` with its negative case and
/// without inference, the frozen sets, and no case that is out of every profile's reach.
///
/// `broken_by_mutants` holds the ids of the requirements that a mutant breaks.
pub fn lint_release(
    corpus: &Corpus,
    files: &Files,
    broken_by_mutants: &BTreeSet<&str>,
) -> Vec<Finding> {
    let mut findings = lint(corpus, files);
    coverage::lint(corpus, broken_by_mutants, &mut findings);
    reach::lint(corpus, &mut findings);
    sets::lint(corpus, files, &mut findings);
    findings.sort();
    findings
}
