//! The result of judging one release.

/// The result of judging one release.
pub(super) enum Judged {
    /// The path of its JSON report.
    Report(String),
    /// The reason why it could not be judged.
    Not(String),
}
