//! The history as JSON; `conformance/schema/history.schema.json` describes it.

use serde::Serialize;

use fc_conformance::report::Provenance;

use super::super::numbers::Numbers;
use super::change::Change;
use super::not_judged::NotJudged;
use super::release::{Release, always_failing};

/// The schema number.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    suite: &'a str,
    corpus_sha256: &'a str,
    name: &'a str,
    language: &'a str,
    releases: Vec<Entry<'a>>,
    not_judged: &'a [NotJudged],
    /// The required cases that fail in every release.
    always_failing: Vec<&'a str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a str>,
    #[serde(skip_serializing_if = "Provenance::is_empty")]
    provenance: &'a Provenance,
    required: usize,
    passed: usize,
    failed: usize,
    not_run: usize,
    changes: &'a [Change<'a>],
}

pub(super) fn json(
    releases: &[Release<'_>],
    not_judged: &[NotJudged],
) -> serde_json::Result<String> {
    let first = releases.first().map(|release| release.report);
    let of_first = |text: fn(&fc_conformance::report::Report) -> &str| first.map_or("", text);
    let document = Document {
        schema: SCHEMA,
        suite: of_first(|report| &report.suite),
        corpus_sha256: of_first(|report| &report.corpus_sha256),
        name: of_first(|report| &report.subject.name),
        language: of_first(|report| &report.subject.language),
        releases: releases.iter().map(entry).collect(),
        not_judged,
        always_failing: always_failing(releases),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn entry<'a>(release: &'a Release<'_>) -> Entry<'a> {
    let numbers = Numbers::of(release.report);
    Entry {
        version: release.version(),
        since: release.since,
        provenance: &release.report.provenance,
        required: numbers.required(),
        passed: numbers.passed,
        failed: numbers.known + numbers.failed,
        not_run: numbers.not_run,
        changes: &release.changes,
    }
}
