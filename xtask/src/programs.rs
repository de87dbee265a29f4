//! Running other programs at the root of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Runs a program with its output shown; `environment` is set beside what there is.
pub(crate) fn run(words: &[&str], environment: &[(&str, &str)]) -> Result<(), String> {
    let status = command(words)?
        .envs(environment.iter().copied())
        .status()
        .map_err(|error| format!("{}: {error}", words.join(" ")))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{}: {status}", words.join(" ")))
    }
}

/// Runs a program and returns what it prints.
pub(crate) fn output(words: &[&str]) -> Result<String, String> {
    let output = command(words)?
        .output()
        .map_err(|error| format!("{}: {error}", words.join(" ")))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}: {}\n{stderr}", words.join(" "), output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{}: {error}", words.join(" ")))
}

fn command(words: &[&str]) -> Result<Command, String> {
    let (program, arguments) = words.split_first().ok_or("no program was named")?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    Ok(command)
}

/// Runs a program in a folder to its end: its exit code and what it printed.
pub(crate) fn ended(
    words: &[&str],
    folder: &Path,
) -> Result<(Option<i32>, String, String), String> {
    let output = command(words)?
        .current_dir(folder)
        .output()
        .map_err(|error| format!("{}: {error}", words.join(" ")))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    ))
}
