//! Runs the built gate with an adapter and observes it until it exits.

use std::ffi::OsString;
use std::fs::{self, File};
use std::hash::{BuildHasher as _, RandomState};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::kind::{Behavior, Contain, GateSetting, Kind};
use crate::leftovers;
use crate::secrets;
use crate::timing;

/// The file with the descriptors that the tests themselves have open.
pub(crate) const INHERITED: &str = "inherited";
/// The interval of memory measurements.
const INTERVAL: Duration = Duration::from_millis(4);
/// How long processes may live after the gate itself was killed.
const GRACE: Duration = Duration::from_secs(6);
/// A gate that runs longer is killed.
const MAX_RUN_TIME: Duration = Duration::from_secs(40);

/// The observations of one run.
pub(crate) struct Observed {
    pub(crate) status: ExitStatus,
    pub(crate) elapsed: Duration,
    /// The time from the signal to the exit, if a signal was sent.
    pub(crate) after_signal: Option<Duration>,
    pub(crate) peak_kib: u64,
    pub(crate) output: String,
    pub(crate) errors: String,
    pub(crate) report_text: String,
    pub(crate) report: Option<Value>,
    /// The command lines of the processes that were alive after the exit of the gate.
    pub(crate) left: Vec<String>,
    /// The number of them that were alive some seconds later.
    pub(crate) survivors: usize,
}

impl Observed {
    /// Stdout and stderr of the gate.
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}", self.output, self.errors)
    }

    /// The cases of the report, by id.
    pub(crate) fn cases(&self) -> impl Iterator<Item = (&str, &Value)> {
        let cases = self
            .report
            .as_ref()
            .and_then(|report| report["cases"].as_array());
        cases
            .into_iter()
            .flatten()
            .filter(|case| case["status"] != "filtered")
            .map(|case| (case["id"].as_str().unwrap(), case))
    }

    /// The ids of the cases with this status.
    pub(crate) fn with_status(&self, status: &str) -> Vec<&str> {
        self.cases()
            .filter(|(_, case)| case["status"] == status)
            .map(|(id, _)| id)
            .collect()
    }

    /// The exit status as text.
    pub(crate) fn exit(&self) -> String {
        match (self.status.code(), self.status.signal()) {
            (Some(code), _) => code.to_string(),
            (None, Some(signal)) => format!("signal {signal}"),
            (None, None) => "unknown".to_owned(),
        }
    }
}

/// Runs the gate with this kind of adapter.
pub(crate) fn run(kind: &Kind, contain: Contain) -> Observed {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..kind.previous_runs {
        watch(kind, contain, folder.path());
    }
    watch(kind, contain, folder.path())
}

fn watch(kind: &Kind, contain: Contain, folder: &Path) -> Observed {
    let random = RandomState::new().hash_one(kind.name);
    let marker = format!("hostile-{}-{random:016x}", std::process::id());
    let report = folder.join("report.json");
    let mut command = command(kind, contain, &marker, folder, &report);
    let (output, errors) = (folder.join("output"), folder.join("errors"));
    if kind.setting == GateSetting::ClosedOutput {
        let (_, writer) = std::io::pipe().unwrap();
        command.stdout(writer);
        File::create(&output).unwrap();
    } else {
        command.stdout(File::create(&output).unwrap());
    }
    command.stderr(File::create(&errors).unwrap());

    fs::write(folder.join(INHERITED), inherited()).unwrap();
    let start = timing::now();
    let mut child = command.spawn().unwrap();
    drop(command);
    let id = Pid::from_child(&child);
    let (sender, ended) = mpsc::channel();
    thread::spawn(move || sender.send((child.wait().unwrap(), timing::now())));
    let mut watch = Watch {
        id,
        start,
        setting: kind.setting,
        signaled_at: None,
        peak_kib: 0,
    };
    let (status, end) = loop {
        match ended.recv_timeout(INTERVAL) {
            Ok(ended) => break ended,
            Err(_) => watch.observe(folder),
        }
    };

    let left = leftovers::find(&marker);
    let survivors = kill_survivors(&marker, left.len());
    let report_text = fs::read_to_string(&report).unwrap_or_default();
    let _ = fs::remove_file(&report);
    Observed {
        status,
        elapsed: end - start,
        after_signal: watch.signaled_at.map(|signaled_at| end - signaled_at),
        peak_kib: watch.peak_kib,
        output: String::from_utf8_lossy(&fs::read(output).unwrap()).into_owned(),
        errors: String::from_utf8_lossy(&fs::read(errors).unwrap()).into_owned(),
        report: serde_json::from_str(&report_text).ok(),
        report_text,
        left: left.into_iter().map(|left| left.command).collect(),
        survivors,
    }
}

/// `fcgate run .. -- ADAPTER ..`, in its own folder and process group.
fn command(kind: &Kind, contain: Contain, marker: &str, folder: &Path, report: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fcgate"));
    command
        .args(["run", "--color", "never", "--partial-ok"])
        .args(["--timeout", kind.limit])
        .args(kind.flags);
    for only in kind.only {
        command.args(["--only", only]);
    }
    if contain == Contain::Group {
        command.args(["--contain", "group"]);
    }
    let mut to = OsString::from("json=");
    to.push(report);
    command.arg("--report").arg(to).arg("--");
    match kind.behavior {
        Behavior::Program(program) => command.args(program(folder)),
        _ => command
            .arg(std::env::current_exe().unwrap())
            .args(["adapter", kind.name, marker])
            .arg(folder),
    };
    for name in secrets::KEPT_FROM_ADAPTERS {
        command.env(name, secrets::CANARY);
    }
    command
        .env_remove("GITHUB_ACTIONS")
        .current_dir(folder)
        .process_group(0)
        .stdin(Stdio::null());
    command
}

/// Measures a running gate, and sends it a signal or kills it.
struct Watch {
    id: Pid,
    start: Instant,
    setting: GateSetting,
    signaled_at: Option<Instant>,
    peak_kib: u64,
}

impl Watch {
    fn observe(&mut self, folder: &Path) {
        self.peak_kib = self.peak_kib.max(peak_kib(self.id).unwrap_or(0));
        if let (GateSetting::Interrupted(signal), None) = (self.setting, self.signaled_at)
            && folder.join("reached").exists()
        {
            self.signaled_at = Some(timing::now());
            let _ = kill_process(self.id, signal);
        }
        if self.start.elapsed() > MAX_RUN_TIME {
            let _ = kill_process(self.id, Signal::KILL);
        }
    }
}

/// The peak memory of a process without the pages of its program file, which are many in a debug build and which
/// the system can drop at any time.
fn peak_kib(id: Pid) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", id.as_raw_nonzero())).ok()?;
    let kib = |name: &str| -> Option<u64> {
        let (_, value) = status.split_once(name)?;
        value.split_whitespace().next()?.parse().ok()
    };
    Some(kib("VmHWM:")?.saturating_sub(kib("RssFile:")?))
}

/// Waits for leftover processes to exit, kills the rest, and returns their number.
fn kill_survivors(marker: &str, left: usize) -> usize {
    let until = timing::now() + GRACE;
    while left > 0 && timing::now() < until {
        if leftovers::find(marker).is_empty() {
            return 0;
        }
        timing::wait(INTERVAL);
    }
    let survivors = leftovers::find(marker);
    leftovers::end(&survivors);
    survivors.len()
}

/// The descriptors that this process inherited: the gate cannot close them for its adapters.
fn inherited() -> String {
    let entries = fs::read_dir("/proc/self/fd").unwrap().flatten();
    let targets = entries.filter_map(|entry| fs::read_link(entry.path()).ok());
    let targets: Vec<String> = targets.map(|target| target.display().to_string()).collect();
    targets.join("\n")
}
