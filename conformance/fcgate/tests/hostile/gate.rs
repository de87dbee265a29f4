//! Starting the built gate on an adapter, and watching it until it ends.

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

use crate::kind::{Act, Contain, Kind, Setting};
use crate::leftovers;
use crate::pace;
use crate::secrets;

/// Where an adapter finds what the tests themselves have open.
pub(crate) const INHERITED: &str = "inherited";
/// How often the memory of the gate is looked at.
const BEAT: Duration = Duration::from_millis(4);
/// How long processes may stay when the gate itself was killed.
const GRACE: Duration = Duration::from_secs(6);
/// A gate that takes longer hangs, and is ended.
const PATIENCE: Duration = Duration::from_secs(40);

/// What was seen of one run.
pub(crate) struct Seen {
    pub(crate) status: ExitStatus,
    pub(crate) elapsed: Duration,
    /// From the signal to the end, where one was sent.
    pub(crate) after_signal: Option<Duration>,
    pub(crate) peak_kib: u64,
    pub(crate) output: String,
    pub(crate) errors: String,
    pub(crate) report_text: String,
    pub(crate) report: Option<Value>,
    /// The processes that lived when the gate had ended, by their command lines.
    pub(crate) left: Vec<String>,
    /// How many of them were still there some seconds later.
    pub(crate) stay: usize,
}

impl Seen {
    /// Everything that the gate said.
    pub(crate) fn said(&self) -> String {
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

    /// How it ended, in short.
    pub(crate) fn exit(&self) -> String {
        match (self.status.code(), self.status.signal()) {
            (Some(code), _) => code.to_string(),
            (None, Some(signal)) => format!("signal {signal}"),
            (None, None) => "unknown".to_owned(),
        }
    }
}

/// Runs the gate on a kind.
pub(crate) fn run(kind: &Kind, contain: Contain) -> Seen {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..kind.rehearsals {
        watch(kind, contain, folder.path());
    }
    watch(kind, contain, folder.path())
}

fn watch(kind: &Kind, contain: Contain, folder: &Path) -> Seen {
    let chance = RandomState::new().hash_one(kind.name);
    let marker = format!("hostile-{}-{chance:016x}", std::process::id());
    let report = folder.join("report.json");
    let mut command = command(kind, contain, &marker, folder, &report);
    let (output, errors) = (folder.join("output"), folder.join("errors"));
    if kind.setting == Setting::Deaf {
        let (_, writer) = std::io::pipe().unwrap();
        command.stdout(writer);
        File::create(&output).unwrap();
    } else {
        command.stdout(File::create(&output).unwrap());
    }
    command.stderr(File::create(&errors).unwrap());

    fs::write(folder.join(INHERITED), inherited()).unwrap();
    let start = pace::now();
    let mut child = command.spawn().unwrap();
    drop(command);
    let id = Pid::from_child(&child);
    let (tell, ended) = mpsc::channel();
    thread::spawn(move || tell.send((child.wait().unwrap(), pace::now())));
    let mut watch = Watch {
        id,
        start,
        setting: kind.setting,
        signalled: None,
        peak_kib: 0,
    };
    let (status, end) = loop {
        match ended.recv_timeout(BEAT) {
            Ok(ended) => break ended,
            Err(_) => watch.beat(folder),
        }
    };

    let left = leftovers::find(&marker);
    let stay = lasting(&marker, left.len());
    let report_text = fs::read_to_string(&report).unwrap_or_default();
    let _ = fs::remove_file(&report);
    Seen {
        status,
        elapsed: end - start,
        after_signal: watch.signalled.map(|signalled| end - signalled),
        peak_kib: watch.peak_kib,
        output: String::from_utf8_lossy(&fs::read(output).unwrap()).into_owned(),
        errors: String::from_utf8_lossy(&fs::read(errors).unwrap()).into_owned(),
        report: serde_json::from_str(&report_text).ok(),
        report_text,
        left: left.into_iter().map(|left| left.command).collect(),
        stay,
    }
}

/// `fcgate run .. -- ADAPTER ..`, in a folder and a process group of its own.
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
    match kind.act {
        Act::Program(program) => command.args(program(folder)),
        _ => command
            .arg(std::env::current_exe().unwrap())
            .args(["act", kind.name, marker])
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

/// What happens while a gate runs.
struct Watch {
    id: Pid,
    start: Instant,
    setting: Setting,
    signalled: Option<Instant>,
    peak_kib: u64,
}

impl Watch {
    fn beat(&mut self, folder: &Path) {
        self.peak_kib = self.peak_kib.max(peak_kib(self.id).unwrap_or(0));
        if let (Setting::Interrupted(signal), None) = (self.setting, self.signalled)
            && folder.join("reached").exists()
        {
            self.signalled = Some(pace::now());
            let _ = kill_process(self.id, signal);
        }
        if self.start.elapsed() > PATIENCE {
            let _ = kill_process(self.id, Signal::KILL);
        }
    }
}

/// The most memory that a process has had, without the pages of its program: those of an unoptimized one are
/// many, and the system can drop them at any time.
fn peak_kib(id: Pid) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", id.as_raw_nonzero())).ok()?;
    let kib = |name: &str| -> Option<u64> {
        let (_, rest) = status.split_once(name)?;
        rest.split_whitespace().next()?.parse().ok()
    };
    Some(kib("VmHWM:")?.saturating_sub(kib("RssFile:")?))
}

/// How many of the processes that were left stay; those are ended.
fn lasting(marker: &str, left: usize) -> usize {
    let until = pace::now() + GRACE;
    while left > 0 && pace::now() < until {
        if leftovers::find(marker).is_empty() {
            return 0;
        }
        pace::rest(BEAT);
    }
    let lasting = leftovers::find(marker);
    leftovers::end(&lasting);
    lasting.len()
}

/// What this process itself got from who started it: no gate can keep it from its adapters.
fn inherited() -> String {
    let entries = fs::read_dir("/proc/self/fd").unwrap().flatten();
    let targets = entries.filter_map(|entry| fs::read_link(entry.path()).ok());
    let targets: Vec<String> = targets.map(|target| target.display().to_string()).collect();
    targets.join(
        "
",
    )
}
