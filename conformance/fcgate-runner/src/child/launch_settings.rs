//! The command of an adapter and its limits.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::Duration;

use fcgate_text::visible;

use super::environment::NamedVariables;

/// The maximum number of characters of a command that are shown.
const SHOWN: usize = 200;

/// The command of an adapter, and the settings for running it.
///
/// ```
/// use std::time::Duration;
///
/// use fcgate_runner::{Contain, Launch};
///
/// let launch = Launch::new("python3".into(), vec!["adapter.py".into()])
///     .timeout(Duration::from_secs(2))
///     .contain(Contain::Group);
/// assert_eq!(launch.command(), "python3 adapter.py");
/// ```
#[derive(Debug, Clone)]
pub struct Launch {
    pub(super) program: OsString,
    pub(super) arguments: Vec<OsString>,
    pub(super) timeout: Duration,
    pub(super) hello_timeout: Duration,
    pub(super) restarts: usize,
    pub(super) contain: Contain,
    pub(super) variables: NamedVariables,
    pub(super) is_strict: bool,
    pub(super) supervisor: Option<PathBuf>,
}

/// The way in which the gate contains the processes of an adapter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Contain {
    /// Uses a PID namespace if the system allows it, else the same as [`Group`](Self::Group).
    #[default]
    Auto,
    /// Uses a process group. The gate searches for processes that left the group.
    Group,
}

impl Launch {
    /// Creates a launch of a program, which is searched for in `PATH`, with its arguments. It does not use a shell.
    pub fn new(program: OsString, arguments: Vec<OsString>) -> Self {
        Self {
            program,
            arguments,
            timeout: Duration::from_secs(5),
            hello_timeout: Duration::from_secs(10),
            restarts: 10,
            contain: Contain::default(),
            variables: NamedVariables::default(),
            is_strict: false,
            supervisor: None,
        }
    }

    /// Sets the limit of a request, from its first byte to the end of the reply. The default is 5 s.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// Sets the limit of `hello`. The default is 10 s.
    #[must_use]
    pub fn hello_timeout(mut self, limit: Duration) -> Self {
        self.hello_timeout = limit;
        self
    }

    /// Sets how often the gate restarts the adapter in a run. The default is 10.
    #[must_use]
    pub fn restarts(mut self, restarts: usize) -> Self {
        self.restarts = restarts;
        self
    }

    /// Sets how the gate contains the processes.
    #[must_use]
    pub fn contain(mut self, contain: Contain) -> Self {
        self.contain = contain;
        self
    }

    /// Sets the names of more environment variables to pass. A variable whose name or value looks like a credential is not
    /// passed, and neither are keys of the service and proxies.
    #[must_use]
    pub fn pass(mut self, names: Vec<String>) -> Self {
        self.variables.plain = names;
        self
    }

    /// Sets the names of environment variables that may hold a credential of the adapter, and are passed anyway. Keys of the
    /// service and proxies are never passed.
    #[must_use]
    pub fn pass_credentials(mut self, names: Vec<String>) -> Self {
        self.variables.credentials = names;
        self
    }

    /// Sets whether an unknown field of a reply breaks the protocol. By default, unknown fields are ignored.
    #[must_use]
    pub fn strict(mut self, is_strict: bool) -> Self {
        self.is_strict = is_strict;
        self
    }

    /// Sets the path of the `fcgate` binary.
    ///
    /// Its hidden command `supervise` starts the program and kills the processes that the program leaves.
    ///
    /// Without this path, the gate uses no PID namespace. It then kills a process that left the process group only if
    /// the process kept its environment.
    #[must_use]
    pub fn supervisor(mut self, binary: PathBuf) -> Self {
        self.supervisor = Some(binary);
        self
    }

    /// The command as text for people, truncated.
    pub fn command(&self) -> String {
        let words = std::iter::once(&self.program).chain(&self.arguments);
        let words: Vec<&OsStr> = words.map(OsString::as_os_str).collect();
        visible::line(&words.join(OsStr::new(" ")).to_string_lossy(), SHOWN)
    }
}
