//! The gate as a program: the CPU time of a whole process with its children.

use std::env::temp_dir;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const ADAPTER: &str = "../adapters/python-plain/adapter.py";
const ONE_CASE: &str = "sign.fc-headers.empty-value";

/// Runs each command in each round, and returns the median of its CPU times as JSON.
pub(crate) fn measure(gate: &str, rounds: u32, with_selftest: bool) -> Result<Value, String> {
    let adapter = Path::new(env!("CARGO_MANIFEST_DIR")).join(ADAPTER);
    let adapter = adapter.display().to_string();
    let mut commands = vec![
        ("start", vec!["--version"]),
        (
            "start and one case",
            vec!["run", "--quiet", "--partial-ok", "--only", ONE_CASE],
        ),
        ("whole corpus, reference", vec!["run", "--quiet"]),
        (
            "whole corpus over the plain Python adapter, Python included",
            vec!["run", "--quiet", "--", "python3", &adapter],
        ),
    ];
    if with_selftest {
        commands.push(("self-test", vec!["selftest"]));
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); commands.len()];
    for _ in 0..rounds {
        for ((_, arguments), times) in commands.iter().zip(&mut times) {
            times.push(nanoseconds(gate, arguments)?);
        }
    }
    let json = |((name, _), mut times): (&(&str, Vec<&str>), Vec<f64>)| {
        times.sort_by(f64::total_cmp);
        json!({"name": name, "nanoseconds": times.get(times.len() / 2)})
    };
    Ok(commands.iter().zip(times).map(json).collect())
}

/// In a folder without a configuration.
fn nanoseconds(gate: &str, arguments: &[&str]) -> Result<f64, String> {
    let shown = format!("{gate} {}", arguments.join(" "));
    let before = system::of_children()?;
    let ended = Command::new(gate)
        .args(arguments)
        .current_dir(temp_dir())
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{shown}: {error}"))?;
    let time = system::of_children()? - before;
    // An implementation that does not conform is measured as well.
    if matches!(ended.status.code(), Some(0 | 1)) {
        return Ok(time);
    }
    let output = String::from_utf8_lossy(&ended.stderr);
    Err(format!("{shown}: {}\n{output}", ended.status))
}

#[cfg(unix)]
mod system {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    /// The CPU nanoseconds of all processes that have ended below this one.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a float has the microseconds of many years"
    )]
    pub(super) fn of_children() -> Result<f64, String> {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
        let time = usage.user_time() + usage.system_time();
        Ok(time.num_nanoseconds() as f64)
    }
}

#[cfg(not(unix))]
mod system {
    pub(super) fn of_children() -> Result<f64, String> {
        Err("the CPU time of other processes is measured on Unix only".to_owned())
    }
}
