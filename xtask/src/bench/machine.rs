//! What a reader must know about the machine to compare two tables.

use std::fs;

use crate::programs;

/// The name and version of the compiler.
pub(super) fn compiler() -> Result<String, String> {
    let version = programs::output(&["rustc", "--version"])?;
    let words: Vec<&str> = version.split(' ').take(2).collect();
    Ok(words.join(" "))
}

/// The commit, the compiler, the processor and the load, in one line.
pub(super) fn description() -> Result<String, String> {
    let commit = programs::output(&["git", "describe", "--always", "--dirty"])?;
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("an unknown processor", |name| {
            name.trim_matches([' ', '\t', ':'])
        });
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    Ok(format!(
        "commit {}, {}, {processor}, load {load}",
        commit.trim(),
        compiler()?
    ))
}
