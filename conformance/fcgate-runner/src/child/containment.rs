//! How an adapter is started so that nothing of it can be left behind.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::environment::{self, MARK, OUTSIDE};
use super::launch::{Contain, Launch};
use super::leash::Hold;
use super::supervise;

/// The command to be run for an adapter.
#[derive(Debug)]
pub(super) struct Wrapped {
    pub(super) program: OsString,
    pub(super) arguments: Vec<OsString>,
    /// What the variable [`MARK`] is to be.
    pub(super) mark: String,
    /// How everything is found that it starts.
    pub(super) hold: Hold,
}

/// Puts around a program what holds its processes together; `mark` is a text that stands nowhere else.
pub(super) fn wrap(launch: &Launch, program: &Path, mark: String) -> Wrapped {
    let marked = format!("{MARK}={mark}");
    let Some(supervisor) = &launch.supervisor else {
        return Wrapped {
            program: program.into(),
            arguments: launch.arguments.clone(),
            mark,
            hold: Hold::Mark(marked),
        };
    };
    let mut inner = vec![supervise::COMMAND.into(), "--".into(), program.into()];
    inner.extend(launch.arguments.iter().cloned());
    let namespace = match launch.contain {
        Contain::Auto => namespace(),
        Contain::Group => None,
    };
    match namespace {
        Some(Namespace { unshare, options }) => {
            let mut arguments: Vec<OsString> = options.iter().map(OsString::from).collect();
            arguments.push(supervisor.into());
            arguments.append(&mut inner);
            Wrapped {
                program: unshare.into(),
                arguments,
                mark: OUTSIDE.to_owned(),
                hold: Hold::Namespace,
            }
        }
        None => Wrapped {
            program: supervisor.into(),
            arguments: inner,
            mark,
            hold: Hold::Supervisor(marked),
        },
    }
}

/// How a new pid namespace is entered.
struct Namespace {
    unshare: PathBuf,
    options: &'static [&'static str],
}

/// The rights that are tried: those of root, then those that everybody has where the system allows it.
const RIGHTS: [&[&str]; 2] = [&["--pid"], &["--user", "--map-current-user", "--pid"]];

/// How a new pid namespace is entered, where the system lets us; tried once.
///
/// The children of what it starts are in the namespace, the first of them as its process 1. `--fork`
/// is not used: a process in between would hold the pipes, so that the end of stdout could not be seen.
fn namespace() -> Option<&'static Namespace> {
    static FOUND: OnceLock<Option<Namespace>> = OnceLock::new();
    FOUND.get_or_init(find).as_ref()
}

fn find() -> Option<Namespace> {
    let unshare = which::which("unshare").ok()?;
    let options = RIGHTS.into_iter().find(|options| {
        let tried = Command::new(&unshare)
            .args(*options)
            .args(["--fork", "--kill-child", "true"])
            .env_clear()
            .envs(environment::passed(&[]))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        tried.is_ok_and(|status| status.success())
    })?;
    Some(Namespace { unshare, options })
}
