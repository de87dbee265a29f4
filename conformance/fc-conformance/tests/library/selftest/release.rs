//! The embedded corpus follows every rule of the linter.

use fcgate_cases::corpus::{Corpus, Files, lint_release};

#[test]
fn the_linter_finds_nothing_in_the_embedded_corpus() {
    let files = Files::embedded();
    let corpus = Corpus::load(&files).unwrap_or_else(|error| panic!("{error}"));
    let findings: Vec<String> =
        lint_release(&corpus, &files, &fcgate_mutants::broken_requirements())
            .iter()
            .map(ToString::to_string)
            .collect();
    assert!(
        findings.is_empty(),
        "{} findings:\n{}",
        findings.len(),
        findings.join("\n")
    );
}
