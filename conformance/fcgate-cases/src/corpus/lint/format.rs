//! Formatting: every file has its canonical text.

use super::super::{Corpus, Files, canonical};
use super::finding::Finding;

pub(super) fn lint(corpus: &Corpus, files: &Files, findings: &mut Vec<Finding>) {
    let registry = canonical::registry_text(&corpus.requirements);
    compare("requirements.json", files, registry.ok(), findings);
    for group in &corpus.groups {
        compare(
            &group.file,
            files,
            canonical::group_text(group).ok(),
            findings,
        );
    }
}

fn compare(file: &str, files: &Files, canonical: Option<String>, findings: &mut Vec<Finding>) {
    let (Some(found), Some(canonical)) = (files.get(file), canonical) else {
        findings.push(Finding::new(
            file,
            "format",
            "the file is missing or cannot be serialized",
        ));
        return;
    };
    if found == canonical.as_bytes() {
        return;
    }
    let same = found
        .iter()
        .zip(canonical.as_bytes())
        .take_while(|(one, other)| one == other);
    let line = same.filter(|(byte, _)| **byte == b'\n').count() + 1;
    findings.push(Finding::new(
        file,
        "format",
        format!("not canonical from line {line} on; run `fcgate vector fmt`"),
    ));
}
