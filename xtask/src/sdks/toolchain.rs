//! The toolchains that install SDKs; a machine of a user may lack some of them.

use std::env;

use crate::programs;

use super::sdk::Language;

/// The version of each program that the language needs, or a message that names the missing one.
pub(super) fn version(language: Language) -> Result<String, String> {
    let commands: &[&[&str]] = match language {
        Language::Python => &[&["python3", "--version"]],
        Language::Node => &[&["node", "--version"], &["npm", "--version"]],
        Language::Go => &[&["go", "version"]],
        Language::Java => &[&["javac", "-version"], &["mvn", "--version"]],
        Language::Rust => &[&["cargo", "--version"]],
    };
    commands
        .iter()
        .map(|command| {
            let program = command.first().copied().unwrap_or_default();
            programs::output(command).map_err(|error| format!("{program} is needed: {error}"))
        })
        .collect()
}

/// Whether continuous integration runs this, where nothing may be skipped.
#[expect(
    clippy::disallowed_methods,
    reason = "the place where automation reads the environment"
)]
pub(super) fn is_in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| value == "true")
}
