//! The interpreter, the adapter, and runs of the gate with it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use serde_json::Value;

/// The path of an interpreter that is new enough.
pub(crate) type Python = PathBuf;

/// The interpreter `python3`, or the reason why it cannot be used.
pub(crate) fn python() -> Result<Python, String> {
    let program = which::which("python3").map_err(|error| format!("python3: {error}"))?;
    let version = Command::new(&program)
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 8))"])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if version.status.success() {
        Ok(program)
    } else {
        Err(format!("{} is older than Python 3.8", program.display()))
    }
}

/// The folder of the adapter.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters/python-plain")
}

/// The result of a run of the gate.
pub(crate) struct GateRun {
    pub(crate) exit: Option<i32>,
    pub(crate) text: String,
    pub(crate) report: Value,
}

/// Runs the gate with the adapter and these arguments of the adapter, over the cases that these globs select; without one, over all.
pub(crate) fn judge(python: &Python, only: &[&str], arguments: &[&str]) -> GateRun {
    let mut adapter = vec![python.as_os_str().to_owned()];
    adapter.push(folder().join("adapter.py").into_os_string());
    adapter.extend(arguments.iter().map(Into::into));
    let empty = tempfile::tempdir().unwrap();
    let mut gate = gate(empty.path());
    if !only.is_empty() {
        gate.0.arg("--partial-ok");
    }
    for glob in only {
        gate.0.args(["--only", glob]);
    }
    gate.0.arg("--").args(adapter);
    gate.run()
}

/// The run of the gate in the folder of the adapter, whose configuration starts it. It is the same for every test.
pub(crate) fn judge_configured() -> &'static GateRun {
    static RUN: LazyLock<GateRun> = LazyLock::new(|| gate(&folder()).run());
    &RUN
}

struct Gate(Command, tempfile::TempDir);

fn gate(folder: &Path) -> Gate {
    let target = tempfile::tempdir().unwrap();
    let report = format!("json={}", target.path().join("report.json").display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_fcgate"));
    command
        .current_dir(folder)
        .args(["run", "--report", &report])
        .stdin(Stdio::null());
    Gate(command, target)
}

impl Gate {
    fn run(mut self) -> GateRun {
        let output = self.0.output().unwrap();
        let output_bytes = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&output_bytes).into_owned();
        let report = std::fs::read(self.1.path().join("report.json"));
        let report = report.unwrap_or_else(|error| panic!("no report ({error}):\n{text}"));
        GateRun {
            exit: output.status.code(),
            text,
            report: serde_json::from_slice(&report).unwrap(),
        }
    }
}

impl GateRun {
    /// The cases of the report.
    pub(crate) fn cases(&self) -> &[Value] {
        self.report["cases"].as_array().unwrap()
    }

    /// The required cases that did not pass.
    pub(crate) fn failed_required(&self) -> impl Iterator<Item = &Value> {
        // Without the profile `full`, the cases that only it demands are unsupported.
        let is_good = |case: &Value| {
            let status = case["status"].as_str().unwrap();
            ["pass", "unsupported", "filtered"].contains(&status)
        };
        self.cases()
            .iter()
            .filter(move |case| case["level"] == "must" && !is_good(case))
    }

    /// A check of a case.
    pub(crate) fn check(&self, id: &str, check: &str) -> &Value {
        let case = self.cases().iter().find(|case| case["id"] == id);
        let checks = case.unwrap_or_else(|| panic!("no case {id}"))["checks"].as_array();
        let found = checks.unwrap().iter().find(|found| found["id"] == check);
        found.unwrap_or_else(|| panic!("no check {id}#{check}"))
    }
}
