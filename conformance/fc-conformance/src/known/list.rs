//! The list of known failures.

use super::constants::UNFILED;
use super::entry::Entry;

/// The known failures of one implementation: the file `fcgate-known.toml`.
///
/// Listed cases run too. A case that fails as listed is `known`. A case that passes, fails
/// differently, or whose entry has expired is red.
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
    pub(super) file: String,
    pub(super) entries: Vec<Entry>,
}

impl Known {
    /// Whether an entry lists this case, with any fingerprint.
    pub fn lists(&self, id: &str) -> bool {
        let mut patterns = self.entries.iter().flat_map(|entry| &entry.patterns);
        patterns.any(|pattern| pattern.matcher.is_match(id))
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// A warning for each entry without an issue.
    pub fn warnings(&self) -> Vec<String> {
        self.entries
            .iter()
            .filter(|entry| entry.issue == UNFILED)
            .map(|entry| format!("{} has no issue yet", self.place(entry)))
            .collect()
    }

    /// The file, line and number of an entry.
    pub(super) fn place(&self, entry: &Entry) -> String {
        let file = fcgate_text::visible::line(&self.file, 200);
        format!("{file}:{}: entry {}", entry.line, entry.number)
    }
}
