//! A table of the ways in which implementations differ, one row for each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_text::visible;

use super::table::{Label, NONE, Table, judged_cases};
use fc_conformance::report::Report;
use fc_conformance::report::totals::OPERATIONS;

/// The index of an operation, and the way in which one of its checks fails.
type Way = (usize, String);

pub(super) fn table(reports: &[Report]) -> Table {
    let mut counts: BTreeMap<Way, Vec<usize>> = BTreeMap::new();
    for (column, report) in reports.iter().enumerate() {
        for case in judged_cases(report) {
            for way in ways(case) {
                let row = counts.entry(way).or_insert_with(|| vec![0; reports.len()]);
                if let Some(count) = row.get_mut(column) {
                    *count += 1;
                }
            }
        }
    }
    let mut rows: Vec<(Way, Vec<usize>)> = counts.into_iter().collect();
    rows.sort_by_key(|((operation, _), row)| (*operation, Reverse(row.iter().sum::<usize>())));
    let cell = |count: usize| match count {
        0 => NONE.to_owned(),
        count => count.to_string(),
    };
    Table {
        title: "Differences",
        note: "The number of cases that fail in this way, known or not. A case that fails in several ways counts in each row.",
        label: "check",
        rows: rows
            .into_iter()
            .map(|((_, way), row)| (Label::Code(way), row.into_iter().map(cell).collect()))
            .collect(),
    }
}

/// Returns the failed checks of a case, as `operation#check`.
pub(super) fn failed_checks(case: &CaseResult) -> BTreeSet<String> {
    let check = |(_, way): Way| match way.split_once(": ") {
        Some((check, _)) => check.to_owned(),
        None => way,
    };
    ways(case).into_iter().map(check).collect()
}

/// Returns the ways in which a case fails.
///
/// An outcome of another kind has other fields, so its missing fields are not counted as separate ways.
fn ways(case: &CaseResult) -> Vec<Way> {
    let operation = case.id.split('.').next().unwrap_or_default();
    let place = OPERATIONS.iter().position(|one| one.name() == operation);
    let Some(place) = place else {
        return Vec::new();
    };
    let whole = |way: &str| vec![(place, format!("{operation}#{way}"))];
    match case.status {
        Status::Crash => return whole("crash"),
        Status::Timeout => return whole("timeout"),
        Status::Fail | Status::Known => {}
        _ => return Vec::new(),
    }
    let failed = || case.checks.iter().filter(|check| check.failed());
    if let Some(kind) = failed().find(|check| check.id == "kind") {
        return whole(&format!("kind: {}", difference(kind)));
    }
    let mut ways: Vec<Way> = failed()
        .map(|check| {
            let id = visible::line(&check.id, 60);
            (place, format!("{operation}#{id}: {}", difference(check)))
        })
        .collect();
    ways.sort();
    ways.dedup();
    ways
}

/// Describes how a check fails. For a kind or a reply, it uses the words before the colon.
fn difference(check: &Check) -> String {
    let word = |text: &str| visible::line(text.split(':').next().unwrap_or_default(), 40);
    match (check.expected_text(), check.actual_text()) {
        (Some(_), None) => "missing".to_owned(),
        (None, Some(_)) => "unexpected".to_owned(),
        (Some(expected), Some(actual)) if matches!(check.id.as_str(), "kind" | "reply") => {
            format!("{} instead of {}", word(&actual), word(&expected))
        }
        _ => "differs".to_owned(),
    }
}
