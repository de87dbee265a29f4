//! The linter: what a corpus must be before it may judge anybody.

mod coverage;
mod dummy_values;
mod evidence;
mod finding;
mod format;
mod frozen_sets;
mod names;
mod needs;
mod negative_cases;

use std::collections::BTreeSet;

use super::{Corpus, Files};

pub use self::finding::Finding;
pub(super) use self::needs::implied_capabilities;

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
    negative_cases::lint(corpus, &mut findings);
    dummy_values::lint(corpus, &mut findings);
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
    needs::lint(corpus, &mut findings);
    frozen_sets::lint(corpus, files, &mut findings);
    findings.sort();
    findings
}
