//! Wraps the command of an adapter so that the gate can find and kill every process that it starts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::environment::{self, MARK, OUTSIDE};
use super::launch_settings::{Contain, Launch};
use super::supervise;

/// The way in which the gate finds the descendants of an adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Containment {
    /// The descendants are in a PID namespace. The kernel kills them when process 1 of the namespace exits.
    Namespace,
    /// The descendants have a supervisor, and their environment contains this variable, `NAME=VALUE`.
    Supervisor(String),
    /// The environment of the descendants contains this variable, `NAME=VALUE`.
    Variable(String),
}

/// The command that starts an adapter.
#[derive(Debug)]
pub(super) struct ContainedCommand {
    pub(super) program: OsString,
    pub(super) arguments: Vec<OsString>,
    /// The value of the variable [`MARK`].
    pub(super) mark: String,
    pub(super) containment: Containment,
}

/// Wraps a program in a supervisor and in a PID namespace, if these are available. `mark` must be unique.
pub(super) fn contain(launch: &Launch, program: &Path, mark: String) -> ContainedCommand {
    let variable = format!("{MARK}={mark}");
    let Some(supervisor) = &launch.supervisor else {
        return ContainedCommand {
            program: program.into(),
            arguments: launch.arguments.clone(),
            mark,
            containment: Containment::Variable(variable),
        };
    };
    let mut supervised = vec![supervise::COMMAND.into(), "--".into(), program.into()];
    supervised.extend(launch.arguments.iter().cloned());
    let namespace = match launch.contain {
        Contain::Auto => namespace(),
        Contain::Group => None,
    };
    match namespace {
        Some(Namespace { unshare, options }) => {
            let mut arguments: Vec<OsString> = options.iter().map(OsString::from).collect();
            arguments.push(supervisor.into());
            arguments.append(&mut supervised);
            ContainedCommand {
                program: unshare.into(),
                arguments,
                mark: OUTSIDE.to_owned(),
                containment: Containment::Namespace,
            }
        }
        None => ContainedCommand {
            program: supervisor.into(),
            arguments: supervised,
            mark,
            containment: Containment::Supervisor(variable),
        },
    }
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
            .envs(environment::passed(&[]))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    })?;
    Some(Namespace { unshare, options })
}
