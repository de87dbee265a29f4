//! One difference between two reports.

use fcgate_cases::corpus::Level;

/// The kind of a difference, in the order of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The case fails or could not run, and was right before, did not run, or is new.
    NewFailure,
    /// The case fails in another way.
    OtherFailure,
    /// The case failed and passes.
    Fixed,
    /// The case ran and does not run.
    NoLongerRuns,
    /// The case did not run, and passes or is a known failure.
    RunsNow,
    /// The case is only in the new report, and does not fail.
    Came,
    /// The case is only in the old report.
    Went,
}

impl Kind {
    pub(super) const ALL: [Self; 7] = [
        Self::NewFailure,
        Self::OtherFailure,
        Self::Fixed,
        Self::NoLongerRuns,
        Self::RunsNow,
        Self::Came,
        Self::Went,
    ];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::NewFailure => "new failures",
            Self::OtherFailure => "other failures than before",
            Self::Fixed => "fixed",
            Self::NoLongerRuns => "no longer run",
            Self::RunsNow => "run now",
            Self::Came => "new cases",
            Self::Went => "removed cases",
        }
    }
}

/// One difference: a case, and what changed in words.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) level: Level,
    /// Whether the case can change the verdict.
    pub(super) required: bool,
    pub(super) words: String,
}
