//! Compares several implementations: passed cases, known failures, and the ways in which they differ.

mod deviations;
mod rendering;
mod table;

use std::collections::BTreeSet;

use fcgate_cases::judge::{CaseResult, Status};

use fc_conformance::report::MergeError;
use fc_conformance::report::escape::escape_line;
use fc_conformance::report::totals::{self, OPERATIONS, counted, known_failures, required};
use fc_conformance::report::{self, Report};
use fc_conformance::verdict::Verdict;

use self::table::{Label, NONE, Table, judged_cases};

/// The tables of several reports, with one column for each report. The same reports give the same tables.
///
/// ```
/// use fcgate::writers::Matrix;
///
/// let error = Matrix::read(&[("a.json".to_owned(), "{}".to_owned())]).unwrap_err();
/// assert!(error.to_string().starts_with("a.json: invalid report: "));
/// ```
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The suite and the number of cases, which all reports share.
    run: String,
    columns: Vec<String>,
    tables: Vec<Table>,
}

impl Matrix {
    /// Reads JSON reports. The name of each report appears in error messages.
    ///
    /// # Errors
    ///
    /// If one of them is not a report of a whole run, or they do not cover the same cases.
    pub fn read(reports: &[(String, String)]) -> Result<Self, MergeError> {
        let mut read: Vec<Report> = Vec::new();
        for (name, text) in reports {
            let written = report::read(text, name)?;
            if written.shard.is_some() {
                return Err(MergeError::of(
                    name,
                    "this is the report of a shard; merge the shards with `fcgate merge` first",
                ));
            }
            if written.cases.is_empty() {
                return Err(MergeError::of(name, "the report contains no case"));
            }
            if written.is_of_server() {
                return Err(MergeError::of(
                    name,
                    "this is a report of `fcgate serve`, whose cases are the requests of one client and \
                     cannot be compared; pass reports of `fcgate run`",
                ));
            }
            if let Some(first) = read.first()
                && first.corpus_sha256 != written.corpus_sha256
            {
                return Err(MergeError::of(
                    name,
                    "its corpus differs from that of the first report; run all with the same version of fcgate",
                ));
            }
            read.push(written);
        }
        Ok(Self {
            run: run(&read),
            columns: read
                .iter()
                .map(|one| escape_line(&one.subject.name))
                .collect(),
            tables: [
                Some(subjects(&read)),
                Some(operations(&read)),
                Some(deviations::table(&read)),
                Some(capabilities(&read)),
                Some(lacking_parts(&read)).filter(|table| !table.rows.is_empty()),
                Some(groups(&read)),
            ]
            .into_iter()
            .flatten()
            .collect(),
        })
    }

    /// Returns the tables as Markdown.
    pub fn markdown(&self) -> String {
        rendering::markdown(&self.run, &self.columns, &self.tables)
    }

    /// Returns the tables as one HTML page without scripts or external resources.
    pub fn html(&self) -> String {
        rendering::html(&self.run, &self.columns, &self.tables)
    }
}

fn run(reports: &[Report]) -> String {
    let Some(first) = reports.first() else {
        return String::new();
    };
    format!(
        "Suite {}, {} cases.",
        escape_line(&first.suite),
        first.cases.len()
    )
}

fn subjects(reports: &[Report]) -> Table {
    let row = |words: &str, cell: &dyn Fn(&Report) -> String| {
        let cells = reports.iter().map(cell).collect();
        (Label::Words(words.to_owned()), cells)
    };
    Table {
        title: "Implementations",
        note: "Known failures do not affect the verdict.",
        label: "",
        rows: vec![
            row("version", &|one| escape_line(&one.subject.version)),
            row("language", &|one| escape_line(&one.subject.language)),
            row("API revision", &|one| {
                escape_line(&one.claims.revisions.join(", "))
            }),
            row("verdict", &verdict),
        ],
    }
}

/// The verdict, followed by the number of required cases that passed if there are known failures.
fn verdict(report: &Report) -> String {
    let known = known_failures(report);
    if known == 0 {
        return report.verdict.to_string();
    }
    let (passed, of) = required(report);
    let verdict = match report.verdict {
        Verdict::Conforming => totals::verdict(report),
        other => format!("{other}, {}", counted(known, "known failure")),
    };
    format!("{verdict}; {passed} of {of} required cases passed")
}

fn operations(reports: &[Report]) -> Table {
    let row = |operation: &str| {
        let cell = |one: &Report| counts_by_status(of_area(one, operation));
        let cells = reports.iter().map(cell).collect();
        (Label::Words(operation.to_owned()), cells)
    };
    let rows = OPERATIONS.iter().map(|operation| row(operation.name()));
    Table {
        title: "Cases",
        note: "passed / known failures / other failures / unsupported. Cases of level observe are left out.",
        label: "operation",
        rows: rows.collect(),
    }
}

fn counts_by_status<'a>(cases: impl Iterator<Item = &'a CaseResult>) -> String {
    let mut counts = [0_usize; 4];
    for case in cases {
        let place = match case.status {
            Status::Pass => 0,
            Status::Known => 1,
            status if status.is_red() => 2,
            _ => 3,
        };
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let [passed, known, failed, unsupported] = counts;
    format!("{passed} / {known} / {failed} / {unsupported}")
}

fn capabilities(reports: &[Report]) -> Table {
    Table {
        title: "Declared capabilities",
        note: "A capability that no implementation declares has no row.",
        label: "capability",
        rows: names(reports, |one| &one.claims.capabilities),
    }
}

fn lacking_parts(reports: &[Report]) -> Table {
    Table {
        title: "Lacking parts",
        note: "Parts of the declared commands that an implementation lists as lacking; they are not checked.",
        label: "part",
        rows: names(reports, |one| &one.claims.lacks),
    }
}

/// A row for each name that an implementation lists.
fn names(reports: &[Report], of: fn(&Report) -> &Vec<String>) -> Vec<(Label, Vec<String>)> {
    let all: BTreeSet<&String> = reports.iter().flat_map(of).collect();
    let row = |name: &String| {
        let cell = |one: &Report| {
            let listed = of(one).contains(name);
            if listed { "yes" } else { NONE }.to_owned()
        };
        let cells = reports.iter().map(cell).collect();
        (Label::Code(escape_line(name)), cells)
    };
    all.into_iter().map(row).collect()
}

fn groups(reports: &[Report]) -> Table {
    let group = |case: &CaseResult| {
        let group = case.id.rsplit_once('.').map_or("", |(group, _)| group);
        group.to_owned()
    };
    let all: BTreeSet<String> = reports
        .iter()
        .flat_map(|one| one.cases.iter().map(group))
        .collect();
    let row = |name: String| {
        let cell = |one: &Report| {
            let executed =
                || judged_cases(one).filter(|case| case.status.executed() && group(case) == name);
            let passed = executed()
                .filter(|case| case.status == Status::Pass)
                .count();
            match executed().count() {
                0 => NONE.to_owned(),
                of => format!("{passed} of {of}"),
            }
        };
        let cells: Vec<String> = reports.iter().map(cell).collect();
        (Label::Code(escape_line(&name)), cells)
    };
    let rows = all.into_iter().map(row);
    Table {
        title: "Groups of cases",
        note: "Passed cases of those that ran. A group of which no case ran has no row.",
        label: "group",
        rows: rows
            .filter(|(_, cells)| cells.iter().any(|cell| cell != NONE))
            .collect(),
    }
}

fn of_area<'a>(report: &'a Report, operation: &str) -> impl Iterator<Item = &'a CaseResult> {
    let start = format!("{operation}.");
    judged_cases(report).filter(move |case| case.id.starts_with(&start))
}
