//! Runs the built binary.

use std::path::Path;
use std::process::{Command, Stdio};

/// The exit code, and stdout and stderr.
pub(crate) fn run(mut command: Command) -> (i32, String) {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    assert!(!text.contains("panicked at"), "{text}");
    (output.status.code().unwrap(), text)
}

/// `fcgate` in a folder, with the built-in reference.
pub(crate) fn fcgate(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fcgate"));
    command.args(arguments).current_dir(folder);
    clean(&mut command);
    command
}

/// Removes what the environment of the tests could change.
pub(crate) fn clean(command: &mut Command) {
    command.stdin(Stdio::null()).env_remove("GITHUB_ACTIONS");
}
