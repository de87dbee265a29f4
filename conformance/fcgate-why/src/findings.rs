//! Problems and notes that checks collect.

use super::problem::Problem;

/// What the checks of a request found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<Problem>,
    /// Facts that no source judges, in sentences without a full stop.
    pub(super) notes: Vec<String>,
}

impl Findings {
    pub(super) fn problem(&mut self, name: &'static str, text: impl Into<String>) {
        self.problems.push(Problem::new(name, text));
    }

    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }
}
