//! Runs other programs at the root of the repository.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Runs a program and returns its stdout; if it fails, the error has both outputs.
pub(crate) fn output(words: &[&str]) -> Result<String, String> {
    output_with(words, &[])
}

/// Runs a program with additional environment variables.
pub(crate) fn output_with(words: &[&str], environment: &[(&str, &str)]) -> Result<String, String> {
    let mut command = command(words)?;
    let output = run(command.envs(environment.iter().copied()), words)?;
    if !output.status.success() {
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        return Err(format!(
            "{}: {}\n{stdout}{stderr}",
            words.join(" "),
            output.status
        ));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{}: {error}", words.join(" ")))
}

/// Runs a program that reads an input of a few kilobytes on stdin.
pub(crate) fn output_for(words: &[&str], input: &str) -> Result<String, String> {
    let with = |error: io::Error| format!("{}: {error}", words.join(" "));
    let mut command = command(words)?;
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(with)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).map_err(with)?;
    }
    let output = child.wait_with_output().map_err(with)?;
    if !output.status.success() {
        return Err(format!("{}: {}", words.join(" "), text(&output.stderr)));
    }
    Ok(text(&output.stdout))
}

/// The result of a program that may fail.
pub(crate) struct Ended {
    /// None if a signal killed it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a program in a folder to its end.
pub(crate) fn run_in(folder: &Path, words: &[&str]) -> Result<Ended, String> {
    run_in_with(folder, words, &[])
}

/// Runs a program in a folder to its end, with additional environment variables.
pub(crate) fn run_in_with(
    folder: &Path,
    words: &[&str],
    environment: &[(&str, &str)],
) -> Result<Ended, String> {
    let mut command = command(words)?;
    command.current_dir(folder);
    let output = run(command.envs(environment.iter().copied()), words)?;
    Ok(Ended {
        code: output.status.code(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    })
}

fn command(words: &[&str]) -> Result<Command, String> {
    let (program, arguments) = words.split_first().ok_or("the command is empty")?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_a_package) {
            command.env_remove(name);
        }
    }
    Ok(command)
}

/// Whether `cargo run` sets this variable to describe xtask. Build scripts, for example that of ring, run again when the value
/// changes: a cargo that inherited it would build ring and its users again after each `cargo test`.
fn describes_a_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

fn run(command: &mut Command, words: &[&str]) -> Result<Output, String> {
    command
        .output()
        .map_err(|error| format!("{}: {error}", words.join(" ")))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{describes_a_package, output};

    /// `cargo test` sets the same variables for this test.
    #[test]
    fn a_program_inherits_the_environment_without_the_description_of_xtask() {
        let variables = output(&["env"]).unwrap();
        assert!(variables.lines().any(|line| line.starts_with("PATH=")));
        let mut names = variables.lines();
        assert_eq!(names.find(|line| describes_a_package(line)), None);
    }
}
