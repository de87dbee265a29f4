//! The tables of the matrix, with one column for each report.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::judge::{CaseResult, Status};

use fc_conformance::report::Report;
use fc_conformance::report::escape::escape_line;
use fc_conformance::report::totals::OPERATIONS;

use super::super::numbers::Numbers;
use super::deviations;
use super::table::{Label, NONE, Table, judged_cases};

/// The table about the implementations. The first row is how many required cases pass.
pub(super) fn implementations(reports: &[Report]) -> Table {
    let row = |words: &str, cell: &dyn Fn(&Report) -> String| {
        let cells = reports.iter().map(cell).collect();
        (Label::Words(words.to_owned()), cells)
    };
    let numbers: Vec<Numbers> = reports.iter().map(Numbers::of).collect();
    let counted = |words: &str, cell: &dyn Fn(&Numbers) -> String| {
        let cells = numbers.iter().map(cell).collect();
        (Label::Words(words.to_owned()), cells)
    };
    let revision = |one: &Report| {
        one.provenance
            .source_revision
            .as_ref()
            .map(|text| escape_line(text.as_str()))
    };
    let run = |one: &Report| {
        one.provenance
            .run_url
            .as_ref()
            .map(|text| escape_line(text.as_str()))
    };
    let mut rows = vec![
        counted("required cases passed", &|one| {
            format!("{} of {}", one.passed, one.required())
        }),
        counted("required cases failed", &Numbers::failed_in_words),
        counted("required cases that did not run", &|one| {
            one.not_run.to_string()
        }),
        row("version", &|one| escape_line(&one.subject.version)),
        row("language", &|one| escape_line(&one.subject.language)),
        row("API revision", &|one| {
            escape_line(&one.claims.revisions.join(", "))
        }),
        row("verdict of the run", &|one| Numbers::of(one).verdict(one)),
    ];
    // Few reports state these, and an empty row says nothing.
    for (words, stated) in [
        (
            "source revision",
            &revision as &dyn Fn(&Report) -> Option<String>,
        ),
        ("run", &run),
    ] {
        if reports.iter().any(|one| stated(one).is_some()) {
            rows.push(row(words, &|one| {
                stated(one).unwrap_or_else(|| NONE.to_owned())
            }));
        }
    }
    Table {
        title: "Implementations",
        note: "A case that did not run needs a capability or an API revision that the client does not declare. A known failure is a \
               failure: it is listed in the known failures of the client, so that it does not end its run with an error.",
        label: "",
        rows,
    }
}

/// The other tables.
pub(super) fn others(reports: &[Report]) -> Vec<Table> {
    [
        Some(operations(reports)),
        Some(deviations::table(reports)),
        Some(capabilities(reports)),
        Some(lacking_parts(reports)).filter(|table| !table.rows.is_empty()),
        Some(groups(reports)),
    ]
    .into_iter()
    .flatten()
    .collect()
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
    let mut counts: BTreeMap<&str, Vec<Ran>> = BTreeMap::new();
    for (column, report) in reports.iter().enumerate() {
        for case in judged_cases(report).filter(|case| case.status.executed()) {
            let group = case.id.rsplit_once('.').map_or("", |(group, _)| group);
            let row = counts
                .entry(group)
                .or_insert_with(|| vec![Ran::default(); reports.len()]);
            if let Some(ran) = row.get_mut(column) {
                ran.all += 1;
                ran.passed += usize::from(case.status == Status::Pass);
            }
        }
    }
    let cell = |ran: &Ran| match ran.all {
        0 => NONE.to_owned(),
        all => format!("{} of {all}", ran.passed),
    };
    let row = |(group, row): (&str, Vec<Ran>)| {
        let cells = row.iter().map(cell).collect();
        (Label::Code(escape_line(group)), cells)
    };
    Table {
        title: "Groups of cases",
        note: "Passed cases of those that ran. A group of which no case ran has no row.",
        label: "group",
        rows: counts.into_iter().map(row).collect(),
    }
}

/// How many cases of a group ran, and how many of them passed.
#[derive(Debug, Clone, Copy, Default)]
struct Ran {
    all: usize,
    passed: usize,
}

fn of_area<'a>(report: &'a Report, operation: &str) -> impl Iterator<Item = &'a CaseResult> {
    let start = format!("{operation}.");
    judged_cases(report).filter(move |case| case.id.starts_with(&start))
}
