//! Compares several implementations: passed cases, known failures, and the ways in which they differ.

mod deviations;
mod introduction;
mod markdown;
mod page;
mod table;
mod tables;

use fcgate_cases::corpus::Corpus;

use fc_conformance::report::escape::escape_line;
use fc_conformance::report::{MergeError, Report};

use super::comparable_reports;

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
    /// Reports about the same cases; at least one.
    reports: Vec<Report>,
}

impl Matrix {
    /// Reads JSON reports. The name of each report appears in error messages.
    ///
    /// # Errors
    ///
    /// If one of them is not a report of a whole run, or they do not cover the same cases.
    pub fn read(reports: &[(String, String)]) -> Result<Self, MergeError> {
        let reports = comparable_reports::read(reports)?;
        Ok(Self { reports })
    }

    /// Returns the tables as Markdown.
    pub fn markdown(&self) -> String {
        let columns: Vec<String> = self
            .reports
            .iter()
            .map(|one| escape_line(&one.subject.name))
            .collect();
        let mut all = vec![tables::implementations(&self.reports)];
        all.extend(tables::others(&self.reports));
        markdown::markdown(&run(&self.reports), &columns, &all)
    }

    /// Returns one self-contained HTML page: the clients, every case that ran with its result for each client, and the tables.
    ///
    /// The page loads nothing, and its content security policy allows only its own style sheet and script. Without scripts it
    /// shows the same, without the filter. `corpus` has the titles and rules of the cases; if the reports are about other cases,
    /// the page shows their ids only.
    pub fn html(&self, corpus: &Corpus) -> String {
        page::html(&run(&self.reports), &self.reports, corpus)
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
