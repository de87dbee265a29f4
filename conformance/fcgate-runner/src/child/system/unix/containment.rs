//! Wraps the command of an adapter so that the gate can find and kill every process that it starts.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::super::super::environment::{self, MARK, NamedVariables};
use super::super::super::launch_settings::{Contain, Launch};
use super::isolation::isolate;
use super::role::OUTSIDE;
use super::supervise;

/// The way in which the gate finds the descendants of an adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::child) enum Containment {
    /// The descendants are in a PID namespace. The kernel kills them when process 1 of the namespace exits.
    Namespace,
    /// The descendants have a supervisor, and their environment contains this variable, `NAME=VALUE`.
    Supervisor(String),
    /// The environment of the descendants contains this variable, `NAME=VALUE`.
    Variable(String),
}

impl Containment {
    /// What this system cannot contain.
    pub(in crate::child) const WARNING: Option<&'static str> = None;

    /// The containment of a process whose environment has this mark.
    pub(in crate::child) fn marked(mark: &str) -> Self {
        Self::Variable(format!("{MARK}={mark}"))
    }
}

/// Creates the command that starts an adapter, with its environment.
///
/// It wraps the program in a supervisor and in a PID namespace, if these are available. `mark` must be unique.
pub(in crate::child) fn contain(
    launch: &Launch,
    program: &Path,
    mark: &str,
) -> (Command, Containment) {
    let namespace = match launch.contain {
        Contain::Auto if launch.supervisor.is_some() => namespace(),
        Contain::Auto | Contain::Group => None,
    };
    let (mut command, mark, containment) = match (&launch.supervisor, namespace) {
        (None, _) => (Command::new(program), mark, Containment::marked(mark)),
        (Some(supervisor), None) => {
            let mut command = Command::new(supervisor);
            command.args([supervise::COMMAND, "--"]).arg(program);
            let variable = format!("{MARK}={mark}");
            (command, mark, Containment::Supervisor(variable))
        }
        (Some(supervisor), Some(Namespace { unshare, options })) => {
            let mut command = Command::new(unshare);
            command.args(*options).arg(supervisor);
            command.args([supervise::COMMAND, "--"]).arg(program);
            (command, OUTSIDE, Containment::Namespace)
        }
    };
    command
        .args(&launch.arguments)
        .env_clear()
        .envs(environment::passed(&launch.variables))
        .env(MARK, mark);
    isolate(&mut command);
    (command, containment)
}

/// The command that creates a PID namespace.
struct Namespace {
    unshare: PathBuf,
    options: &'static [&'static str],
}

/// The options of `unshare` to try: first those that need root, then those that need user namespaces.
const OPTIONS: [&[&str]; 2] = [&["--pid"], &["--user", "--map-current-user", "--pid"]];

/// Returns the command that creates a PID namespace, if the system allows it. The first call tries it.
///
/// The children of the started program are in the namespace; the first child is process 1. `--fork` is not
/// used, because the intermediate process would hold the pipes open and the gate could not detect the end of stdout.
fn namespace() -> Option<&'static Namespace> {
    static FOUND: OnceLock<Option<Namespace>> = OnceLock::new();
    FOUND.get_or_init(find_namespace).as_ref()
}

fn find_namespace() -> Option<Namespace> {
    let unshare = which::which("unshare").ok()?;
    let options = OPTIONS.into_iter().find(|options| {
        let status = Command::new(&unshare)
            .args(*options)
            .args(["--fork", "--kill-child", "true"])
            .env_clear()
            .envs(environment::passed(&NamedVariables::default()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    })?;
    Some(Namespace { unshare, options })
}
