//! A project folder, and commands in it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A new folder.
pub(crate) struct Project(TempDir);

/// The exit code and the output of a command.
pub(crate) struct CommandOutput {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder after `fcgate init`.
    pub(crate) fn of(language: &str) -> Self {
        let project = Self::new();
        let output = project.fcgate(&["init", language]);
        assert_eq!(output.code, Some(0), "{}", output.stderr);
        project
    }

    /// The same with changes to the adapter. Panics if a text to replace is not found.
    pub(crate) fn changed(language: &str, path: &str, changes: &[(&str, &str)]) -> Self {
        let project = Self::of(language);
        let mut text = project.read(path);
        for (old, new) in changes {
            assert!(text.contains(old), "{old}");
            text = text.replacen(old, new, 1);
        }
        project.write(path, &text);
        project
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn report(&self) -> Value {
        serde_json::from_str(&self.read("report.json")).unwrap()
    }

    pub(crate) fn fcgate(&self, arguments: &[&str]) -> CommandOutput {
        self.run(env!("CARGO_BIN_EXE_fcgate"), arguments)
    }

    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> CommandOutput {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .env_remove("GITHUB_ACTIONS")
            .env_remove("GITHUB_STEP_SUMMARY")
            .output()
            .unwrap();
        CommandOutput {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
