//! The cases of all reports side by side.

use std::collections::{BTreeMap, HashMap};

use fc_conformance::report::Report;
use fc_conformance::report::escape::escape_line;
use fc_conformance::report::totals::{OPERATIONS, counted};
use fcgate_cases::corpus::{Case, Corpus, Level, Requirement};
use fcgate_cases::judge::{CaseResult, Status};

use super::super::deviations;

/// The cases that ran for a client, with their results, and the checks that fail.
///
/// Everything is found by one pass over the reports and by maps, so that the cost is linear in the number of results.
pub(super) struct Catalog<'a> {
    /// The name and the version of each client.
    pub(super) columns: Vec<(String, String)>,
    pub(super) rows: Vec<Row<'a>>,
    /// The checks that fail for a client, as `operation#check`, in the order of the operations.
    pub(super) checks: Vec<String>,
    /// The summaries of the groups of the corpus; empty if the reports are about another corpus.
    pub(super) groups: HashMap<&'a str, &'a str>,
    pub(super) requirements: HashMap<&'a str, &'a Requirement>,
    /// The number of cases that ran for no client.
    never_ran: usize,
    observed: usize,
}

/// One case with its result for each client.
pub(super) struct Row<'a> {
    pub(super) id: &'a str,
    pub(super) level: Level,
    pub(super) requirements: &'a [String],
    /// The case; `None` if the reports are about another corpus.
    pub(super) case: Option<&'a Case>,
    pub(super) cells: Vec<Cell<'a>>,
}

/// The result of a case for one client.
#[derive(Clone, Default)]
pub(super) struct Cell<'a> {
    pub(super) result: Option<&'a CaseResult>,
    /// Whether the case can change the verdict of the client.
    pub(super) required: bool,
    /// The indices of the failed checks in [`Catalog::checks`].
    pub(super) checks: Vec<usize>,
}

impl<'a> Catalog<'a> {
    pub(super) fn of(reports: &'a [Report], corpus: &'a Corpus) -> Self {
        let known = reports
            .iter()
            .all(|report| report.corpus_sha256 == corpus.sha256);
        let groups = corpus.groups.iter().filter(|_| known);
        let cases: HashMap<&str, &Case> = groups
            .clone()
            .flat_map(|group| &group.cases)
            .map(|case| (case.id.as_str(), case))
            .collect();
        let mut rows: BTreeMap<(usize, &str), Row<'a>> = BTreeMap::new();
        let mut names: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for (column, report) in reports.iter().enumerate() {
            for result in &report.cases {
                let row = rows
                    .entry((operation_of(&result.id), result.id.as_str()))
                    .or_insert_with(|| Row {
                        id: &result.id,
                        level: result.level,
                        requirements: &result.requirements,
                        case: cases.get(result.id.as_str()).copied(),
                        cells: vec![Cell::default(); reports.len()],
                    });
                if let Some(cell) = row.cells.get_mut(column) {
                    cell.result = Some(result);
                    cell.required = report.gates(result);
                }
                if result.level != Level::Observe {
                    for check in deviations::failed_checks(result) {
                        names.insert((operation_of(&result.id), check), 0);
                    }
                }
            }
        }
        for (index, place) in names.values_mut().enumerate() {
            *place = index;
        }
        let all = rows.len();
        let mut rows: Vec<Row<'a>> = rows.into_values().collect();
        rows.retain(|row| row.level != Level::Observe);
        let judged = rows.len();
        rows.retain(Row::ran);
        for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
            let Some(result) = cell.result else { continue };
            let operation = operation_of(&result.id);
            let checks = deviations::failed_checks(result).into_iter();
            let found = checks.filter_map(|check| names.get(&(operation, check)).copied());
            cell.checks = found.collect();
        }
        Self {
            columns: reports.iter().map(column).collect(),
            never_ran: judged - rows.len(),
            observed: all - judged,
            rows,
            checks: names.into_keys().map(|(_, check)| check).collect(),
            groups: groups
                .map(|group| (group.name.as_str(), group.summary.as_str()))
                .collect(),
            requirements: corpus
                .requirements
                .iter()
                .filter(|_| known)
                .map(|one| (one.id.as_str(), one))
                .collect(),
        }
    }

    /// Says which cases of the reports have no row.
    pub(super) fn left_out(&self) -> String {
        let mut left_out = Vec::new();
        if self.never_ran > 0 {
            let cases = counted(self.never_ran, "case");
            left_out.push(format!("{cases} that ran for no client"));
        }
        if self.observed > 0 {
            let cases = counted(self.observed, "case");
            left_out.push(format!(
                "{cases} of level observe, which have no expectation"
            ));
        }
        if left_out.is_empty() {
            return String::new();
        }
        format!("Left out: {}.", left_out.join(", and "))
    }
}

impl Row<'_> {
    /// Whether a client received the case.
    fn ran(&self) -> bool {
        let mut results = self.cells.iter().filter_map(|cell| cell.result);
        results.any(|result| result.status.executed())
    }

    /// Whether the case fails for a client, known or not.
    pub(super) fn fails(&self) -> bool {
        let mut cells = self.cells.iter();
        cells.any(Cell::fails)
    }

    /// The group of the case: its id without the last part.
    pub(super) fn group(&self) -> &str {
        self.id.rsplit_once('.').map_or("", |(group, _)| group)
    }
}

impl Cell<'_> {
    pub(super) fn fails(&self) -> bool {
        self.result
            .is_some_and(|result| result.status.is_red() || result.status == Status::Known)
    }
}

/// The index of the operation of a case.
fn operation_of(id: &str) -> usize {
    let name = id.split('.').next().unwrap_or_default();
    let place = OPERATIONS.iter().position(|one| one.name() == name);
    place.unwrap_or(OPERATIONS.len())
}

fn column(report: &Report) -> (String, String) {
    let subject = &report.subject;
    (escape_line(&subject.name), escape_line(&subject.version))
}
