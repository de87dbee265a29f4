//! The programs that CI runs: the gate, the examples and one test, built once.

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::programs::{self, Ended};

/// The examples that need no network. The fake endpoint verifies every signature.
const EXAMPLES: [&str; 9] = [
    "invoke_sync",
    "invoke_async",
    "invoke_and_wait",
    "list_and_stop_tasks",
    "invoke_streaming",
    "chat_session",
    "signed_trigger",
    "own_transport",
    "metrics",
];
/// The test binary and the module of the test that runs official SDKs without an adapter.
const SDK_TEST: [&str; 2] = ["gate", "serve::official_sdks"];

/// The tests, the gate and the examples: after `cargo test --workspace` this compiles nothing. A smaller selection would
/// build some dependencies again, with other features or without debug information.
const BUILD: &str = "cargo test --quiet --workspace --locked --no-run --message-format=json";

/// What cargo has built.
#[derive(Debug, PartialEq, Eq)]
struct Built {
    /// `bin`, `example` or `test`.
    kind: String,
    name: String,
    path: String,
    /// The folder of its package.
    folder: PathBuf,
}

/// Builds the programs once and returns the path of the gate.
pub(crate) fn program() -> Result<&'static str, String> {
    find("bin", "fcgate").map(|built| built.path.as_str())
}

pub(crate) fn run_examples() -> Result<(), String> {
    EXAMPLES
        .into_iter()
        .try_for_each(|name| run(find("example", name)?, &[]))
}

/// Runs the soak of the transports with few calls.
pub(crate) fn run_soak() -> Result<(), String> {
    run(find("example", "soak")?, &["3000"])
}

pub(crate) fn run_sdk_test() -> Result<(), String> {
    let [binary, module] = SDK_TEST;
    run(find("test", binary)?, &["--ignored", module])
}

fn run(built: &Built, arguments: &[&str]) -> Result<(), String> {
    let mut words = vec![built.path.as_str()];
    words.extend(arguments);
    match programs::run_in(&built.folder, &words)? {
        Ended { code: Some(0), .. } => Ok(()),
        Ended {
            code,
            stdout,
            stderr,
        } => Err(format!(
            "{}: exit code {code:?}\n{stdout}{stderr}",
            built.name
        )),
    }
}

fn find(kind: &str, name: &str) -> Result<&'static Built, String> {
    static BUILT: OnceLock<Result<Vec<Built>, String>> = OnceLock::new();
    let built = BUILT.get_or_init(build).as_ref().map_err(Clone::clone)?;
    let found = built
        .iter()
        .find(|one| one.kind == kind && one.name == name);
    found.ok_or_else(|| format!("{BUILD}: cargo reported no {kind} `{name}`"))
}

fn build() -> Result<Vec<Built>, String> {
    let words: Vec<&str> = BUILD.split(' ').collect();
    Ok(programs::output(&words)?
        .lines()
        .filter_map(built)
        .collect())
}

/// The executable in a message of cargo; not the unit tests of a program.
fn built(message: &str) -> Option<Built> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let target = message.get("target")?;
    let kind = target.get("kind")?.get(0)?.as_str()?;
    let is_test = message.get("profile")?.get("test")?.as_bool()?;
    let manifest = PathBuf::from(message.get("manifest_path")?.as_str()?);
    (is_test == (kind == "test")).then_some(Built {
        kind: kind.to_owned(),
        name: target.get("name")?.as_str()?.to_owned(),
        path: message.get("executable")?.as_str()?.to_owned(),
        folder: manifest.parent()?.to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_about_an_executable_has_its_path_and_folder() {
        let message = r#"{"manifest_path":"/r/p/Cargo.toml","target":{"name":"fcgate","kind":["bin"]},
            "profile":{"test":false},"executable":"/t/fcgate"}"#;
        let expected = Built {
            kind: "bin".into(),
            name: "fcgate".into(),
            path: "/t/fcgate".into(),
            folder: "/r/p".into(),
        };
        assert_eq!(built(message), Some(expected));
        assert_eq!(built(&message.replace("false", "true")), None);
        assert_eq!(built(&message.replace("\"/t/fcgate\"", "null")), None);
        assert_eq!(built(r#"{"reason":"build-finished"}"#), None);
    }
}
