//! Programs of other languages that a test needs.

use libtest_mimic::Trial;

use crate::{ci, skipped, trial};

/// A program that a test needs.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    name: &'static str,
    /// Whether a test fails instead of being skipped if `CI` is `true` and the program is missing.
    required_in_ci: bool,
}

pub(crate) const BASH: Program = required_in_ci("bash");
pub(crate) const CURL: Program = required_in_ci("curl");
pub(crate) const PYTHON3: Program = required_in_ci("python3");
pub(crate) const NODE: Program = required_in_ci("node");
pub(crate) const JAVAC: Program = optional("javac");
pub(crate) const GO: Program = optional("go");
pub(crate) const GOFMT: Program = optional("gofmt");
pub(crate) const PHP: Program = optional("php");
pub(crate) const RUBY: Program = optional("ruby");
pub(crate) const DOTNET: Program = optional("dotnet");
pub(crate) const MCS: Program = optional("mcs");
pub(crate) const MONO: Program = optional("mono");

const fn required_in_ci(name: &'static str) -> Program {
    Program {
        name,
        required_in_ci: true,
    }
}

const fn optional(name: &'static str) -> Program {
    Program {
        name,
        required_in_ci: false,
    }
}

/// A test that is skipped with a line on stderr if one of the programs is missing.
pub(crate) fn trial_with(programs: &[Program], name: &str, test: fn()) -> Trial {
    let missing = programs.iter().find(|program| {
        which::which(program.name).is_err() && !(program.required_in_ci && ci::in_ci())
    });
    if let Some(program) = missing {
        skipped::report(name, &format!("{} is not installed", program.name));
    }
    trial(name, test).with_ignored_flag(missing.is_some())
}
