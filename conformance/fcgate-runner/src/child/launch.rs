//! What is started, and how.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::Duration;

use fcgate_text::visible;

/// How much of a command is shown.
const SHOWN: usize = 200;

/// A program to be started as an adapter.
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
    pub(super) contain: Contain,
    pub(super) pass: Vec<String>,
    pub(super) supervisor: Option<PathBuf>,
}

/// How the processes of an adapter are held together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Contain {
    /// In a pid namespace where the system lets us, else as [`Group`](Self::Group).
    #[default]
    Auto,
    /// By process groups and by searching for what left them.
    Group,
}

impl Launch {
    /// The program, found as a shell finds it, and its arguments; there is no shell in between.
    pub fn new(program: OsString, arguments: Vec<OsString>) -> Self {
        Self {
            program,
            arguments,
            timeout: Duration::from_secs(5),
            hello_timeout: Duration::from_secs(10),
            contain: Contain::default(),
            pass: Vec::new(),
            supervisor: None,
        }
    }

    /// How long a question may take, from its first byte to the end of the reply; 5 s.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// How long `hello` may take; 10 s.
    #[must_use]
    pub fn hello_timeout(mut self, limit: Duration) -> Self {
        self.hello_timeout = limit;
        self
    }

    /// How its processes are held together.
    #[must_use]
    pub fn contain(mut self, contain: Contain) -> Self {
        self.contain = contain;
        self
    }

    /// The names of more environment variables that it gets; credentials and proxies are not passed.
    #[must_use]
    pub fn pass(mut self, names: Vec<String>) -> Self {
        self.pass = names;
        self
    }

    /// The `fcgate` binary, whose hidden command `supervise` starts the program and ends what it leaves.
    /// Without it, there is no pid namespace, and what leaves the process group is ended only if it kept its environment.
    #[must_use]
    pub fn supervisor(mut self, binary: PathBuf) -> Self {
        self.supervisor = Some(binary);
        self
    }

    /// The command as text for people, cut where it is long.
    pub fn command(&self) -> String {
        let words = std::iter::once(&self.program).chain(&self.arguments);
        let words: Vec<&OsStr> = words.map(OsString::as_os_str).collect();
        visible::line(&words.join(OsStr::new(" ")).to_string_lossy(), SHOWN)
    }
}
