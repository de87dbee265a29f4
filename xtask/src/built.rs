//! The executables that cargo reports with `--message-format=json`.

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::programs;

/// The tests, the programs and the examples: after `cargo test --workspace` this compiles nothing. A smaller selection would
/// build some dependencies again, with other features or without debug information.
const WORKSPACE: &str = "cargo test --quiet --workspace --locked --no-run --message-format=json";

/// What cargo has built.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Built {
    /// `bin`, `example` or `test`.
    pub(crate) kind: String,
    pub(crate) name: String,
    /// Whether it is a test: an integration test, or the unit tests of a library or a program.
    pub(crate) is_test: bool,
    pub(crate) path: String,
    /// The folder of its package.
    pub(crate) folder: PathBuf,
}

/// Builds all executables of the workspace once and returns them.
pub(crate) fn workspace() -> Result<&'static [Built], String> {
    static BUILT: OnceLock<Result<Vec<Built>, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let words: Vec<&str> = WORKSPACE.split(' ').collect();
        Ok(executables(&programs::output(&words)?))
    });
    built.as_deref().map_err(Clone::clone)
}

/// Returns the executables in the messages of cargo.
pub(crate) fn executables(messages: &str) -> Vec<Built> {
    messages.lines().filter_map(executable).collect()
}

/// Returns the programs of tests: those of targets, and the unit tests of libraries and programs.
pub(crate) fn tests(messages: &str) -> Vec<Built> {
    let mut found = executables(messages);
    found.retain(|built| built.is_test);
    found
}

fn executable(message: &str) -> Option<Built> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let target = message.get("target")?;
    let kind = target.get("kind")?.get(0)?.as_str()?;
    let manifest = PathBuf::from(message.get("manifest_path")?.as_str()?);
    Some(Built {
        kind: kind.to_owned(),
        name: target.get("name")?.as_str()?.to_owned(),
        is_test: message.get("profile")?.get("test")?.as_bool()?,
        path: message.get("executable")?.as_str()?.to_owned(),
        folder: manifest.parent()?.to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_about_an_executable_has_its_path_and_folder() {
        let message =
            r#"{"manifest_path":"/r/p/Cargo.toml","target":{"name":"fcgate","kind":["bin"]},
            "profile":{"test":false},"executable":"/t/fcgate"}"#
                .replace('\n', "");
        let expected = Built {
            kind: "bin".into(),
            name: "fcgate".into(),
            is_test: false,
            path: "/t/fcgate".into(),
            folder: "/r/p".into(),
        };
        assert_eq!(executables(&message), [expected]);
        assert!(executables(&message.replace("false", "true"))[0].is_test);
        assert_eq!(executables(&message.replace("\"/t/fcgate\"", "null")), []);
        assert_eq!(executables(r#"{"reason":"build-finished"}"#), []);
    }
}
