//! The executables that cargo reports with `--message-format=json`.

use std::path::PathBuf;

/// What cargo has built.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Built {
    /// `bin`, `example` or `test`.
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) path: String,
    /// The folder of its package.
    pub(crate) folder: PathBuf,
}

/// Returns the executables in the messages of cargo, without the unit tests of programs.
pub(crate) fn executables(messages: &str) -> Vec<Built> {
    messages.lines().filter_map(executable).collect()
}

fn executable(message: &str) -> Option<Built> {
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
        let message =
            r#"{"manifest_path":"/r/p/Cargo.toml","target":{"name":"fcgate","kind":["bin"]},
            "profile":{"test":false},"executable":"/t/fcgate"}"#
                .replace('\n', "");
        let expected = Built {
            kind: "bin".into(),
            name: "fcgate".into(),
            path: "/t/fcgate".into(),
            folder: "/r/p".into(),
        };
        assert_eq!(executables(&message), [expected]);
        assert_eq!(executables(&message.replace("false", "true")), []);
        assert_eq!(executables(&message.replace("\"/t/fcgate\"", "null")), []);
        assert_eq!(executables(r#"{"reason":"build-finished"}"#), []);
    }
}
