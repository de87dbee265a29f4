//! How an adapter is started so that nothing of it can be left behind.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::launch::{Contain, Launch};
use super::supervise;

/// The command to be run for an adapter.
#[derive(Debug)]
pub(super) struct Wrapped {
    pub(super) program: OsString,
    pub(super) arguments: Vec<OsString>,
    /// Whether it and all its descendants are in a pid namespace of their own.
    pub(super) namespace: bool,
}

/// Puts around a program what holds its processes together.
pub(super) fn wrap(launch: &Launch, program: &Path) -> Wrapped {
    let Some(supervisor) = &launch.supervisor else {
        return Wrapped {
            program: program.into(),
            arguments: launch.arguments.clone(),
            namespace: false,
        };
    };
    let namespace = match launch.contain {
        Contain::Auto => namespace(),
        Contain::Group => None,
    };
    let mut words: Vec<OsString> = Vec::new();
    words.extend(namespace.iter().flat_map(|words| words.iter().cloned()));
    words.push(supervisor.into());
    words.push(supervise::COMMAND.into());
    words.push("--".into());
    words.push(program.into());
    words.extend(launch.arguments.iter().cloned());
    Wrapped {
        program: words.remove(0),
        arguments: words,
        namespace: namespace.is_some(),
    }
}

/// The command that enters a new pid namespace, where the system lets us; tried once.
///
/// The children of what it starts are in the namespace, the first of them as its process 1. `--fork`
/// is not used: a process in between would hold the pipes, so that the end of stdout could not be seen.
fn namespace() -> Option<&'static Vec<OsString>> {
    static FOUND: OnceLock<Option<Vec<OsString>>> = OnceLock::new();
    FOUND.get_or_init(find).as_ref()
}

fn find() -> Option<Vec<OsString>> {
    let unshare = which::which("unshare").ok()?;
    [
        &["--pid"] as &[&str],
        &["--user", "--map-current-user", "--pid"],
    ]
    .into_iter()
    .find(|options| {
        let tried = Command::new(&unshare)
            .args(*options)
            .args(["--fork", "--kill-child", "true"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        tried.is_ok_and(|status| status.success())
    })
    .map(|options| {
        let options = options.iter().map(OsString::from);
        std::iter::once(unshare.clone().into())
            .chain(options)
            .collect()
    })
}
