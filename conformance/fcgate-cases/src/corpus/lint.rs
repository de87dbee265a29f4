//! The linter of the corpus.

mod coverage;
mod dummy_values;
mod evidence;
mod finding;
mod format;
mod frozen_sets;
mod names;
mod needs;
mod negative_cases;
mod retired;

use std::collections::BTreeSet;

use super::{Corpus, Files};

pub use self::finding::Finding;
pub(super) use self::needs::implied_capabilities;

/// Checks a corpus and the formatting of its files.
///
/// [`lint_release`] has further rules for a release.
pub fn lint(corpus: &Corpus, files: &Files) -> Vec<Finding> {
    let mut findings = lint_cases(corpus);
    retired::lint(corpus, files, &mut findings);
    format::lint(corpus, files, &mut findings);
    findings.sort();
    findings
}

/// Checks the rules that verdicts depend on, but not the formatting of the files.
pub(crate) fn lint_cases(corpus: &Corpus) -> Vec<Finding> {
    let mut findings = Vec::new();
    names::lint(corpus, &mut findings);
    evidence::lint(corpus, &mut findings);
    negative_cases::lint(corpus, &mut findings);
    dummy_values::lint(corpus, &mut findings);
    findings.sort();
    findings
}

/// Checks the rules of [`lint`] and the rules for a release.
///
/// For a release every `must` needs a negative case, a mutant and evidence that is not inferred; the frozen sets must be
/// complete; and every case must belong to a profile. `broken_by_mutants` contains the ids of the requirements that a
/// mutant breaks.
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
