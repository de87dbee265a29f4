//! The one place of the command line that reads the environment by itself.

use std::env;
use std::path::PathBuf;

/// Whether GitHub Actions runs the gate.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
pub(super) fn github_actions() -> bool {
    env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The page to which a step adds its summary, where there is one.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
pub(super) fn step_summary() -> Option<PathBuf> {
    github_actions()
        .then(|| env::var_os("GITHUB_STEP_SUMMARY"))
        .flatten()
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}
