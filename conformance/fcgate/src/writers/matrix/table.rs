//! One table of the matrix.

use fc_conformance::report::Report;
use fcgate_cases::corpus::Level;
use fcgate_cases::judge::CaseResult;

/// One table. Each row has a label and a cell for each column.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) note: &'static str,
    pub(super) label: &'static str,
    pub(super) rows: Vec<(Label, Vec<String>)>,
}

/// The label of a row.
#[derive(Debug, Clone)]
pub(super) enum Label {
    Words(String),
    Code(String),
}

/// The content of an empty cell.
pub(super) const NONE: &str = "–";

/// The cases that have an expectation: all except those of level `observe`.
pub(super) fn judged_cases(report: &Report) -> impl Iterator<Item = &CaseResult> {
    let mut cases = report.cases.iter();
    std::iter::from_fn(move || cases.find(|case| case.level != Level::Observe))
}
