//! The interpreter, the adapter, and a run of the gate over it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// An interpreter that is new enough.
pub(crate) type Python = PathBuf;

/// The interpreter called `python3`, or why there is none to use.
pub(crate) fn python() -> Result<Python, String> {
    let program = which::which("python3").map_err(|error| format!("python3: {error}"))?;
    let asked = Command::new(&program)
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 8))"])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if asked.status.success() {
        Ok(program)
    } else {
        Err(format!("{} is older than Python 3.8", program.display()))
    }
}

/// Whether this is a machine on which nothing may be left out.
pub(crate) fn in_ci() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "whether a missing interpreter is a failure depends on the machine"
    )]
    let ci = std::env::var_os("CI");
    ci.is_some_and(|value| value == "true")
}

/// The folder of the adapter.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters/python-plain")
}

/// What a run of the gate told.
pub(crate) struct Judged {
    pub(crate) exit: Option<i32>,
    pub(crate) text: String,
    pub(crate) report: Value,
}

/// Runs the gate over the adapter with these arguments.
pub(crate) fn judge(python: &Python, arguments: &[&str]) -> Judged {
    let mut adapter = vec![python.as_os_str().to_owned()];
    adapter.push(folder().join("adapter.py").into_os_string());
    adapter.extend(arguments.iter().map(Into::into));
    let empty = tempfile::tempdir().unwrap();
    let mut gate = gate(empty.path());
    gate.0.arg("--").args(adapter);
    gate.run()
}

/// A run of the gate in the folder of the adapter, which its configuration starts.
pub(crate) fn judge_configured() -> Judged {
    gate(&folder()).run()
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
    fn run(mut self) -> Judged {
        let output = self.0.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&said).into_owned();
        let report = std::fs::read(self.1.path().join("report.json"));
        let report = report.unwrap_or_else(|error| panic!("no report ({error}):\n{text}"));
        Judged {
            exit: output.status.code(),
            text,
            report: serde_json::from_slice(&report).unwrap(),
        }
    }
}

impl Judged {
    /// The cases of the report.
    pub(crate) fn cases(&self) -> &[Value] {
        self.report["cases"].as_array().unwrap()
    }

    /// The cases that make this run red.
    pub(crate) fn red(&self) -> impl Iterator<Item = &Value> {
        self.cases()
            .iter()
            .filter(|case| case["level"] == "must" && case["status"] != "pass")
    }

    /// A check of a case.
    pub(crate) fn check(&self, id: &str, check: &str) -> &Value {
        let case = self.cases().iter().find(|case| case["id"] == id);
        let checks = case.unwrap_or_else(|| panic!("no case {id}"))["checks"].as_array();
        let found = checks.unwrap().iter().find(|found| found["id"] == check);
        found.unwrap_or_else(|| panic!("no check {id}#{check}"))
    }
}
