//! The run of one target.

use std::fs;
use std::path::{Path, PathBuf};

use super::statistics::Statistics;
use super::tools::Program;
use crate::programs;

/// The committed inputs, those that were found, and those that crash.
const COMMITTED: &str = "conformance/fuzz/corpus";
const FOUND: &str = "target/fuzz/corpus";
const CRASHES: &str = "target/fuzz/crashes";

pub(super) struct Campaign {
    pub(super) name: String,
    path: PathBuf,
}

pub(super) struct CampaignResult {
    statistics: Statistics,
    /// The message of the crash and how to repeat it, if there was one.
    pub(super) crash: Option<String>,
}

/// The campaigns of the selected targets; an unknown name is an error.
pub(super) fn select(programs: &[Program], targets: &[String]) -> Result<Vec<Campaign>, String> {
    let names: Vec<&str> = programs
        .iter()
        .map(|program| program.name.as_str())
        .collect();
    if let Some(unknown) = targets
        .iter()
        .find(|target| !names.contains(&target.as_str()))
    {
        let known = names.join(", ");
        return Err(format!(
            "unknown target {unknown}; expected one of: {known}"
        ));
    }
    let is_selected = |program: &&Program| targets.is_empty() || targets.contains(&program.name);
    let selected = programs.iter().filter(is_selected);
    Ok(selected
        .map(|program| Campaign {
            name: program.name.clone(),
            path: program.path.clone(),
        })
        .collect())
}

impl Campaign {
    /// Runs the target until the time is over, it was executed so often, or an input crashes it.
    pub(super) fn run(
        &self,
        seconds: u32,
        executions: Option<u64>,
    ) -> Result<CampaignResult, String> {
        let found = folder(FOUND, &self.name)?;
        let crashes = folder(CRASHES, &self.name)?;
        let program = self.path.display().to_string();
        // For libFuzzer, -1 is no limit.
        let runs = executions.map_or("-1".to_owned(), |executions| executions.to_string());
        let words = [
            program.as_str(),
            &found,
            &format!("{COMMITTED}/{}", self.name),
            &format!("-max_total_time={seconds}"),
            &format!("-runs={runs}"),
            &format!("-artifact_prefix={crashes}/"),
            "-print_final_stats=1",
            "-max_len=16384",
            "-timeout=20",
            "-rss_limit_mb=4096",
        ];
        let ended = programs::run_in(&programs::root(), &words)?;
        let statistics = Statistics::read(&ended.stderr)
            .ok_or_else(|| format!("{program}: no statistics in its output\n{}", ended.stderr))?;
        let crash = (ended.code != Some(0)).then(|| self.crash(&ended.stderr));
        Ok(CampaignResult { statistics, crash })
    }

    /// The panic, and the file with the input.
    fn crash(&self, output: &str) -> String {
        let mut lines = output.lines();
        let is_about_it = |line: &&str| {
            ["panicked at", "ERROR:", "SUMMARY:", "Test unit written to"]
                .iter()
                .any(|part| line.contains(part))
        };
        let mut shown = vec![format!("{}: an input breaks a promise", self.name)];
        while let Some(line) = lines.find(is_about_it) {
            shown.push(line.to_owned());
            if line.contains("panicked at") {
                shown.extend(lines.next().map(str::to_owned));
            }
        }
        shown.push(format!("repeat it: {} FILE", self.path.display()));
        shown.join("\n  ")
    }
}

impl CampaignResult {
    /// A row of the table.
    pub(super) fn row(&self, name: &str) -> String {
        let crashes = u8::from(self.crash.is_some());
        let Statistics {
            executions,
            per_second,
            new_inputs,
        } = self.statistics;
        format!("| {name} | {executions} | {per_second} | {new_inputs} | {crashes} |")
    }
}

/// Makes a folder of a target and returns its path.
fn folder(parent: &str, name: &str) -> Result<String, String> {
    let path = Path::new(parent).join(name);
    let whole = programs::root().join(&path);
    fs::create_dir_all(&whole).map_err(|error| format!("{}: {error}", whole.display()))?;
    Ok(path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::{Campaign, Program, select};

    fn programs() -> Vec<Program> {
        let program = |name: &str| Program {
            name: name.to_owned(),
            path: name.into(),
        };
        vec![program("a"), program("b")]
    }

    #[test]
    fn all_targets_run_unless_some_are_named_and_an_unknown_name_is_an_error() {
        let count = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            select(&programs(), &names).map(|selected| selected.len())
        };
        assert_eq!(count(&[]), Ok(2));
        assert_eq!(count(&["b"]), Ok(1));
        let unknown = "unknown target c; expected one of: a, b";
        assert_eq!(count(&["b", "c"]), Err(unknown.to_owned()));
    }

    #[test]
    fn a_crash_shows_the_message_of_the_panic_and_the_file() {
        let campaign = Campaign {
            name: "a".to_owned(),
            path: "target/a".into(),
        };
        let output = "INFO: seed\nthread 'x' panicked at src/a.rs:1:2:\nleft is not right\nnote: y\nTest unit written to c/1\n";
        let shown = campaign.crash(output);
        let expected = "a: an input breaks a promise\n  thread 'x' panicked at src/a.rs:1:2:\n  left is not right\n  \
                        Test unit written to c/1\n  repeat it: target/a FILE";
        assert_eq!(shown, expected);
    }
}
