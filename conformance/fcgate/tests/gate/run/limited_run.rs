//! A run of the built binary under a limit of the shell, and what it leaves.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rustix::process::{Resource, getrlimit};
use serde_json::Value;
use tempfile::TempDir;

/// Cases of every kind of exchange: without HTTP, at the common server, and at listeners of their own.
const CASES: [&str; 4] = [
    "parse.status.4*",
    "invoke.arrived.*",
    "invoke.framing.c*",
    "trigger.calls.get*",
];

/// Starts the adapter with the hard limits. The tests set the soft limits, so that only the gate and its supervisor lack
/// something: the gate cannot know what an adapter lacks.
fn without_limits() -> String {
    let mut script = String::new();
    // Shells have -u or -p for processes, and -v counts KiB.
    for (option, resource, unit) in [
        ("n", Resource::Nofile, 1),
        ("v", Resource::As, 1024),
        ("u", Resource::Nproc, 1),
        ("p", Resource::Nproc, 1),
    ] {
        let hard = getrlimit(resource).maximum;
        let hard = hard.map_or("unlimited".to_owned(), |hard| (hard / unit).to_string());
        let _ = writeln!(script, "ulimit -S -{option} {hard} 2>/dev/null");
    }
    script + "exec \"$0\" reference"
}

/// The subject of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attached {
    InProcess,
    Adapter,
    AdapterInGroup,
}

pub(super) const EVERY_WAY: [Attached; 3] = [
    Attached::InProcess,
    Attached::Adapter,
    Attached::AdapterInGroup,
];

/// A folder for one run. Its adapter is a link in the folder, so that the processes of the run can be found.
pub(super) struct LimitedRun {
    folder: TempDir,
    fcgate: PathBuf,
}

/// What one run did.
#[derive(Debug)]
pub(super) struct Observed {
    pub(super) code: Option<i32>,
    pub(super) text: String,
    pub(super) report: String,
}

impl LimitedRun {
    pub(super) fn new() -> Self {
        Self::of(Path::new(env!("CARGO_BIN_EXE_fcgate")).to_owned())
    }

    fn of(fcgate: PathBuf) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(&fcgate, folder.path().join("adapter")).unwrap();
        Self { folder, fcgate }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The command of a run after these words of a shell. `more` are options of the run.
    pub(super) fn command(&self, shell: &str, attached: Attached, more: &[&str]) -> Command {
        let script = format!("{shell}\nexec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command
            .args(["-c", &script])
            .arg(&self.fcgate)
            .args(["run", "-q", "--color", "never", "--partial-ok"])
            // A busy machine is no reason for a failed case.
            .args(["--timeout", "60", "--hello-timeout", "60"])
            .args(more)
            .args(["--report", "json=report.json"])
            .current_dir(self.folder.path())
            .env_remove("GITHUB_ACTIONS")
            .stdin(Stdio::null());
        for case in CASES {
            command.args(["--only", case]);
        }
        if attached == Attached::AdapterInGroup {
            command.args(["--contain", "group"]);
        }
        if attached != Attached::InProcess {
            let adapter = self.folder.path().join("adapter");
            command
                .args(["--", "sh", "-c", &without_limits()])
                .arg(adapter);
        }
        command
    }

    /// Runs the gate and waits for its exit.
    pub(super) fn run(&self, shell: &str, attached: Attached, more: &[&str]) -> Observed {
        let output = self.command(shell, attached, more).output().unwrap();
        self.observed(&output)
    }

    pub(super) fn observed(&self, output: &Output) -> Observed {
        let report = self.folder.path().join("report.json");
        let observed = Observed {
            code: output.status.code(),
            text: String::from_utf8([&*output.stdout, &*output.stderr].concat()).unwrap(),
            report: std::fs::read_to_string(&report).unwrap_or_default(),
        };
        for written in ["report.json", "report.timings.json"] {
            let _ = std::fs::remove_file(self.folder.path().join(written));
        }
        observed
    }

    /// The report of a run without a limit.
    pub(super) fn unlimited(&self, attached: Attached) -> String {
        let observed = self.run("", attached, &[]);
        assert_eq!(observed.code, Some(0), "{}", observed.text);
        observed.report
    }

    /// The command lines of the processes of the run that are still running.
    #[cfg(target_os = "linux")]
    pub(super) fn left(&self) -> Vec<String> {
        let folder = self.folder.path().to_str().unwrap();
        let entries = std::fs::read_dir("/proc").unwrap().flatten();
        let commands = entries.filter_map(|entry| {
            let arguments = std::fs::read(entry.path().join("cmdline")).ok()?;
            Some(String::from_utf8_lossy(&arguments).replace('\0', " "))
        });
        commands
            .filter(|command| command.contains(folder))
            .collect()
    }
}

impl Observed {
    /// The ids of the required cases that failed.
    pub(super) fn required_failures(&self) -> Vec<String> {
        let report: Value = serde_json::from_str(&self.report).unwrap_or_default();
        let cases = report["cases"].as_array().into_iter().flatten();
        let failed = cases.filter(|case| {
            let is_red = ["fail", "crash", "timeout"]
                .iter()
                .any(|red| case["status"] == *red);
            is_red && case["level"] == "must"
        });
        failed.map(|case| case["id"].to_string()).collect()
    }
}
