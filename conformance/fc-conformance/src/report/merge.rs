//! Merges the reports of all shards into one report.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnosis;
use crate::verdict::{Shard, Verdict, decide};
use fcgate_cases::corpus::Corpus;
use fcgate_protocol::{Hello, SUITE};
use fcgate_reference::Reference;
use fcgate_text::visible;

use super::merge_error::MergeError;
use super::report_data::Report;
use super::shard_report::ShardReport;

/// Merges the reports of the shards, in any order, into the report of the whole run.
///
/// As JSON, the result is byte for byte the report of a run without shards. If the verdict of a shard is
/// worse than its cases imply, for example because of a fault, the merged verdict is at least as bad.
///
/// # Errors
///
/// If a shard is missing or duplicated. If a case of a shard is missing, duplicated, or belongs to another
/// shard. If the reports are not from one run: the corpus, suite, seed, subject, provenance, claims, rules or
/// number of shards differ.
pub fn merge(parts: &[ShardReport], corpus: &Corpus) -> Result<Report, MergeError> {
    let Some(first) = parts.first() else {
        return Err(MergeError::of_all("expected at least one report to merge"));
    };
    let by_index = all_shards_once(first, parts)?;
    let mut results = Vec::new();
    let mut worse = Vec::new();
    let mut warnings = Vec::new();
    for part in by_index.into_values() {
        of_one_run(first, part, corpus)?;
        its_cases_once(part, corpus)?;
        let of_part = part.results(corpus)?;
        let (own, stated) = (decide(&of_part, first.report.rules), part.report.verdict);
        if own.worse(stated) != stated {
            let message = format!("its verdict is {stated}, but its cases give {own}");
            return Err(MergeError::of(&part.file, message));
        }
        // Another shard may have run the cases without which this shard is incomplete.
        worse.extend((own != stated).then_some(stated));
        results.extend(of_part);
        warnings.extend(part.report.warnings.iter().cloned());
    }
    let read = &first.report;
    let mut hello = Hello::new("", "", "");
    hello.sdk.clone_from(&read.subject);
    let claims = read.claims.claims();
    let attribution = diagnosis::explain(&results, corpus, &Reference);
    let (seed, rules) = (read.seed, read.rules);
    let mut report = Report::new(corpus, &hello, &claims, seed, results, &attribution, rules);
    report.warn(warnings);
    report.provenance.clone_from(&read.provenance);
    report.repeat = read.repeat;
    let early_ends = parts
        .iter()
        .filter_map(|part| part.report.ended_early.clone());
    report.ended_early = early_ends.reduce(|all, other| all.and(&other));
    let faults = parts.iter().filter_map(|part| part.report.fault.clone());
    report.fault = faults.reduce(|first, _| first).or(report.fault);
    report.worsen(worse.into_iter().fold(Verdict::Conforming, Verdict::worse));
    Ok(report)
}

fn all_shards_once<'a>(
    first: &ShardReport,
    parts: &'a [ShardReport],
) -> Result<BTreeMap<Shard, &'a ShardReport>, MergeError> {
    let count = first.shard.count();
    let mut by_index = BTreeMap::new();
    for part in parts {
        if part.shard.count() != count {
            let message = format!(
                "it is shard {}, but {} is shard {}",
                part.shard,
                visible::line(&first.file, 200),
                first.shard
            );
            return Err(MergeError::of(&part.file, message));
        }
        if let Some(other) = by_index.insert(part.shard, part) {
            let other = visible::line(&other.file, 200);
            let message = format!("it is shard {}, like {other}", part.shard);
            return Err(MergeError::of(&part.file, message));
        }
    }
    let missing: Vec<String> = (1..=count)
        .filter_map(|index| Shard::new(index, count).ok())
        .filter(|shard| !by_index.contains_key(shard))
        .map(|shard| shard.to_string())
        .collect();
    if missing.is_empty() {
        Ok(by_index)
    } else {
        let named = visible::line(&missing.join(", "), 200);
        Err(MergeError::of_all(format!("missing shards: {named}")))
    }
}

fn of_one_run(first: &ShardReport, part: &ShardReport, corpus: &Corpus) -> Result<(), MergeError> {
    let (one, other) = (&first.report, &part.report);
    let this_gate = [
        (other.corpus_sha256 == corpus.sha256, "corpus"),
        (other.suite == SUITE, "suite"),
    ];
    let first_part = [
        (one.seed == other.seed, "seed"),
        (one.subject == other.subject, "subject"),
        (one.provenance == other.provenance, "provenance"),
        (one.claims == other.claims, "claims"),
        (one.rules == other.rules, "rules"),
        (one.repeat == other.repeat, "the number of repetitions"),
    ];
    let differs = |pairs: &[(bool, &'static str)]| {
        let differing = pairs.iter().find(|(same, _)| !same);
        differing.map(|(_, what)| *what)
    };
    if let Some(what) = differs(&this_gate) {
        let message = format!("its {what} differs from this gate");
        return Err(MergeError::of(&part.file, message));
    }
    if let Some(what) = differs(&first_part) {
        let file = visible::line(&first.file, 200);
        let message = format!("it differs in {what} from {file}");
        return Err(MergeError::of(&part.file, message));
    }
    Ok(())
}

fn its_cases_once(part: &ShardReport, corpus: &Corpus) -> Result<(), MergeError> {
    let wrong = |id: &str, what: &str| {
        let message = format!("case {} {what}", visible::line(id, 120));
        Err(MergeError::of(&part.file, message))
    };
    let mut seen = BTreeSet::new();
    for case in &part.report.cases {
        if !part.shard.contains(&case.id) {
            return wrong(&case.id, "belongs to another shard");
        }
        if !seen.insert(case.id.as_str()) {
            return wrong(&case.id, "occurs twice");
        }
    }
    let cases = corpus.cases();
    let missing = cases
        .iter()
        .find(|case| part.shard.contains(&case.id) && !seen.contains(case.id.as_str()));
    match missing {
        Some(case) => wrong(&case.id, "is missing"),
        None => Ok(()),
    }
}
