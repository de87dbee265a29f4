//! Makes a known-failures file from the results of a run.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;
use toml_edit::{Array, Datetime, DocumentMut, Item, Table, Value, value};

use crate::verdict::{Rules, fingerprint, group};
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::{CaseResult, Status};

use super::constants::{BASELINE_DAYS, FILE, UNFILED};
use super::entry::{Entry, Pattern};
use super::error::KnownError;
use super::issue::check_issue;
use super::list::Known;

const EMPTY: &str = "version = 1\n";

impl Known {
    /// Returns the text of a known-failures file with which the next run conforms.
    ///
    /// Entries that still match the run stay, with their comments. Cases that pass are removed, and each new cause and
    /// fingerprint gets an entry. `results` are those of a run to which no known failures were applied. An entry whose
    /// dates are no longer valid gets new dates. New entries expire after [`BASELINE_DAYS`] and, without `issue`, are
    /// [`UNFILED`]. Cases that do not gate are not added.
    ///
    /// # Errors
    ///
    /// If the existing file or `issue` is invalid.
    pub fn baseline(
        existing: Option<&str>,
        results: &[CaseResult],
        corpus: &Corpus,
        rules: Rules,
        today: Date,
        issue: Option<&str>,
    ) -> Result<String, KnownError> {
        if let Some(issue) = issue {
            check_issue(issue).map_err(|reason| KnownError::of_file(FILE, None, reason))?;
        }
        let text = existing.unwrap_or(EMPTY);
        let known = Self::read(text, FILE)?;
        let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            KnownError::of_file(FILE, None, error.message())
        })?;
        let written = document.remove("known").unwrap_or_default();
        let mut tables = written.into_array_of_tables().unwrap_or_default();

        let mut taken = BTreeSet::new();
        let mut keep = Vec::new();
        for (entry, table) in known.entries.iter().zip(tables.iter_mut()) {
            let patterns = remaining_patterns(entry, results, corpus, &mut taken);
            keep.push(!patterns.is_empty());
            if patterns.len() != entry.patterns.len()
                || !patterns.iter().all(|text| contains(&entry.patterns, text))
            {
                replace_value(table, "match", toml_strings(&patterns));
            }
            if entry.stale_on(today).is_some() {
                replace_value(table, "added", toml_date(today));
                replace_value(table, "expires", toml_date(last_day(today)));
            }
        }
        let mut keep = keep.into_iter();
        tables.retain(|_| keep.next().unwrap_or(true));
        for table in new_entries(results, rules, today, issue, &taken) {
            tables.push(table);
        }
        if !tables.is_empty() {
            document.insert("known", Item::ArrayOfTables(tables));
        }
        Ok(document.to_string())
    }
}

/// Returns the patterns of an entry without cases that pass, fail differently, do not exist, or belong to another
/// entry.
fn remaining_patterns(
    entry: &Entry,
    results: &[CaseResult],
    corpus: &Corpus,
    taken: &mut BTreeSet<String>,
) -> Vec<String> {
    let cases = corpus.cases();
    let holds = |id: &str| {
        let result = results.iter().find(|result| result.id == id);
        result.is_none_or(|result| match fingerprint(result) {
            Some(seen) => entry.sees.contains(&seen),
            None => result.status != Status::Pass,
        })
    };
    let mut patterns = Vec::new();
    for Pattern { text, matcher } in &entry.patterns {
        let ids = cases.iter().map(|case| case.id.clone());
        let matched: Vec<String> = ids.filter(|id| matcher.is_match(id)).collect();
        let kept: Vec<String> = matched
            .iter()
            .filter(|id| holds(id) && !taken.contains(*id))
            .cloned()
            .collect();
        let whole = kept.len() == matched.len() && kept.len() < cases.len();
        taken.extend(kept.iter().cloned());
        if whole && !kept.is_empty() {
            patterns.push(text.clone());
        } else {
            patterns.extend(kept);
        }
    }
    patterns
}

fn contains(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.text == text)
}

/// Returns one entry for each cause and fingerprint.
fn new_entries(
    results: &[CaseResult],
    rules: Rules,
    today: Date,
    issue: Option<&str>,
    taken: &BTreeSet<String>,
) -> Vec<Table> {
    let mut open: Vec<CaseResult> = results
        .iter()
        .filter(|result| rules.gates(result.level) && !taken.contains(&result.id))
        .cloned()
        .collect();
    let mut tables = Vec::new();
    for cause in group(&mut open) {
        let mut by_fingerprint: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for result in open
            .iter()
            .filter(|result| cause.cases.contains(&result.id))
        {
            if let Some(seen) = fingerprint(result) {
                by_fingerprint
                    .entry(seen)
                    .or_default()
                    .push(result.id.clone());
            }
        }
        for (seen, ids) in by_fingerprint {
            let mut table = Table::new();
            table.decor_mut().set_prefix("\n");
            table.insert("match", Item::Value(toml_strings(&ids)));
            table.insert("sees", value(seen));
            table.insert("because", value(&cause.summary));
            table.insert(
                "issue",
                value(
                    issue
                        .filter(|text| !text.trim().is_empty())
                        .unwrap_or(UNFILED),
                ),
            );
            table.insert("added", Item::Value(toml_date(today)));
            table.insert("expires", Item::Value(toml_date(last_day(today))));
            tables.push(table);
        }
    }
    tables
}

/// Replaces a value and keeps its comment.
fn replace_value(table: &mut Table, key: &str, mut new: Value) {
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        new.decor_mut().clone_from(old.decor());
        *old = new;
    }
}

/// Formats one text, or a list with one text on each line.
fn toml_strings(texts: &[String]) -> Value {
    if let [text] = texts {
        return text.into();
    }
    let mut array = Array::new();
    for text in texts {
        let mut one = Value::from(text);
        one.decor_mut().set_prefix("\n    ");
        array.push_formatted(one);
    }
    array.set_trailing_comma(true);
    array.set_trailing("\n");
    array.into()
}

fn last_day(today: Date) -> Date {
    today.saturating_add(BASELINE_DAYS.days())
}

fn toml_date(date: Date) -> Value {
    let date = toml_edit::Date {
        year: date.year().unsigned_abs(),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    };
    Datetime {
        date: Some(date),
        time: None,
        offset: None,
    }
    .into()
}
