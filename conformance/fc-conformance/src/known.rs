//! Known failures: cases that are red today, each for a named reason and until a named day.

mod apply;
mod entry;
mod error;
mod file;
mod overlap;
mod proposal;

pub use self::apply::{Stale, StaleReason};
pub use self::error::KnownError;

use jiff::civil::Date;

use crate::verdict::Rules;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::CaseResult;
use fcgate_http::clock;

use self::entry::Entry;

/// The most days between the day on which an entry was added and the one on which it expires.
pub const MOST_DAYS: i32 = 180;

/// The days after which a proposed entry expires.
pub const PROPOSED_DAYS: i32 = 90;

/// The name under which a project keeps its known failures.
pub const FILE: &str = "fcgate-known.toml";

/// The issue of an entry for which nobody has opened one yet.
pub const UNFILED: &str = "unfiled";

/// Today in UTC: the day on which entries are judged.
pub fn today() -> Date {
    clock::today()
}

/// The known failures of one implementation: the file [`FILE`].
///
/// Listed cases are executed all the same. One that fails as its entry says is `known`; one that
/// passes, fails differently, or whose entry has expired is red.
///
/// ```
/// use fc_conformance::known::Known;
///
/// let text = r#"
/// version = 1
///
/// [[known]]
/// match = "parse.function-errors.*"     # a glob over case ids, or a list of them
/// sees = "kind function_error>completed" # the fingerprint, or a list of them
/// because = "the payload is returned as a success"
/// issue = "https://example.invalid/42"   # or "unfiled"
/// added = 2026-11-22
/// expires = 2027-02-20                   # at most 180 days later
/// "#;
/// let known = Known::read(text, "fcgate-known.toml")?;
/// assert!(known.warnings().is_empty());
///
/// let error = Known::read("version = 2", "fcgate-known.toml").unwrap_err();
/// assert_eq!(error.to_string(), "fcgate-known.toml:1: version 2 is unknown; this gate reads 1");
/// # Ok::<(), fc_conformance::known::KnownError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Known {
    file: String,
    entries: Vec<Entry>,
}

impl Known {
    /// Reads the text of a file; `name` stands in messages.
    ///
    /// # Errors
    ///
    /// Wrong syntax, an unknown version or key, a missing or empty field, a date that is none, a
    /// pattern that stands there twice or matches everything.
    pub fn read(text: &str, name: &str) -> Result<Self, KnownError> {
        file::read(text, name)
    }

    /// Compares the patterns with the cases that there are.
    ///
    /// # Errors
    ///
    /// A pattern that matches no case or every case, and two patterns that match the same case.
    pub fn check(&self, corpus: &Corpus) -> Result<(), KnownError> {
        overlap::check(self, corpus)
    }

    /// Makes listed red cases `known`, and those that are not as their entry says red.
    ///
    /// Whatever the level of the case, an entry that is stale is a reason for a nonconforming
    /// verdict. Cases that were not executed are left alone.
    pub fn apply(&self, results: &mut [CaseResult], today: Date) -> Vec<Stale> {
        apply::apply(self, results, today)
    }

    /// The file that makes the next run green: what still holds as it stands, comments too, without
    /// what passes, and an entry for each cause and fingerprint that is new.
    ///
    /// `results` are those of a run to which no known failures were applied. An entry that holds
    /// but whose dates are no longer valid is renewed; new ones expire after [`PROPOSED_DAYS`] and,
    /// without `issue`, are [`UNFILED`]. Cases that do not gate are not added.
    ///
    /// # Errors
    ///
    /// When the existing file cannot be read.
    pub fn proposal(
        existing: Option<&str>,
        results: &[CaseResult],
        corpus: &Corpus,
        rules: Rules,
        today: Date,
        issue: Option<&str>,
    ) -> Result<String, KnownError> {
        proposal::proposal(existing, results, corpus, rules, today, issue)
    }

    /// Whether an entry is about this case; what it says of it is not asked.
    pub fn lists(&self, id: &str) -> bool {
        let mut patterns = self.entries.iter().flat_map(|entry| &entry.patterns);
        patterns.any(|pattern| pattern.matcher.is_match(id))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What should be looked at: entries without an issue.
    pub fn warnings(&self) -> Vec<String> {
        self.entries
            .iter()
            .filter(|entry| entry.issue == UNFILED)
            .map(|entry| format!("{} has no issue yet", self.place(entry)))
            .collect()
    }

    /// An entry by its file, line and number.
    fn place(&self, entry: &Entry) -> String {
        let file = fcgate_text::visible::line(&self.file, 200);
        format!("{file}:{}: entry {}", entry.line, entry.number)
    }
}
