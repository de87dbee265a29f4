//! A folder in which the binary runs, and which holds its reports.

use std::path::PathBuf;
use std::process::Output;

use tempfile::TempDir;

use crate::binary;

/// A folder that is removed at the end of the test.
pub(super) struct WorkFolder(TempDir);

impl WorkFolder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Runs the binary in the folder.
    pub(super) fn fcgate(&self, arguments: &[&str]) -> Output {
        let mut command = binary::fcgate(arguments);
        command.current_dir(self.0.path()).output().unwrap()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(super) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}
