//! Compares the releases of one client: which release fixed or broke which case.

mod change;
mod json;
mod markdown;
mod not_judged;
mod release;
mod text;
mod version_order;

use std::collections::BTreeMap;

use fc_conformance::report::{MergeError, Report};

use super::comparable_reports;

pub(super) use self::change::{Change, ChangeKind};
pub use self::not_judged::{InvalidNotJudged, NotJudged};
pub(super) use self::release::{Release, by_group, conclusion, of_kind, releases};

/// The releases of one client, in the order of their versions. The same reports give the same text.
///
/// ```
/// use fcgate::writers::History;
///
/// let error = History::read(&[("a.json".to_owned(), "{}".to_owned())], Vec::new()).unwrap_err();
/// assert!(error.to_string().starts_with("a.json: invalid report: "));
/// ```
#[derive(Debug, Clone)]
pub struct History {
    reports: Vec<Report>,
    not_judged: Vec<NotJudged>,
}

impl History {
    /// Reads one JSON report for each release, in any order. The name of each report appears in error messages.
    ///
    /// # Errors
    ///
    /// If one of them is not a report of a whole run, or they are about different cases or clients. If two are about the same
    /// version, or a release that is not judged has a report.
    pub fn read(
        reports: &[(String, String)],
        not_judged: Vec<NotJudged>,
    ) -> Result<Self, MergeError> {
        let read = comparable_reports::read(reports)?;
        let named = || reports.iter().map(|(name, _)| name.as_str()).zip(&read);
        let mut versions: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, report) in named() {
            if let Some(first) = read.first()
                && (&first.subject.name, &first.subject.language)
                    != (&report.subject.name, &report.subject.language)
            {
                return Err(MergeError::of(
                    name,
                    format!(
                        "expected a report about {} ({}) like the first one, found {} ({})",
                        shown(&first.subject.name),
                        shown(&first.subject.language),
                        shown(&report.subject.name),
                        shown(&report.subject.language)
                    ),
                ));
            }
            let version = report.subject.version.as_str();
            if let Some(other) = versions.insert(version, name) {
                let (version, other) = (shown(version), shown(other));
                return Err(MergeError::of(
                    name,
                    format!(
                        "it is about version {version}, like {other}; pass one report for each version"
                    ),
                ));
            }
        }
        for one in &not_judged {
            if let Some(name) = versions.get(one.version()) {
                let version = shown(one.version());
                return Err(MergeError::of(
                    name,
                    format!("it is about version {version}, which --not-judged names too"),
                ));
            }
        }
        let mut not_judged = not_judged;
        not_judged.sort_by(|one, other| version_order::compare(one.version(), other.version()));
        Ok(Self {
            reports: read,
            not_judged,
        })
    }

    /// Returns the history as text.
    pub fn text(&self) -> String {
        text::text(&self.releases(), &self.not_judged)
    }

    /// Returns the history as Markdown.
    pub fn markdown(&self) -> String {
        markdown::markdown(&self.releases(), &self.not_judged)
    }

    /// Returns the history as JSON text.
    ///
    /// # Errors
    ///
    /// If serialization fails.
    pub fn json(&self) -> serde_json::Result<String> {
        json::json(&self.releases(), &self.not_judged)
    }

    fn releases(&self) -> Vec<Release<'_>> {
        let all: Vec<&Report> = self.reports.iter().collect();
        releases(&all)
    }
}

fn shown(text: &str) -> String {
    fcgate_text::visible::line(text, 120)
}
