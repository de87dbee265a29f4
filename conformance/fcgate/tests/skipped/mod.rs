//! Reports tests that are skipped because something is not installed.

use std::io::Write as _;

/// Writes one line to stderr. The test harness hides the output of passing tests only if a print macro wrote it.
pub(crate) fn report(test: &str, reason: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {reason}");
}
