//! A command whose program was found: a function of the user's own, or its server.

use std::ffi::{OsStr, OsString};
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::path::PathBuf;

use fcgate_text::visible;

use super::environment::{MARK, path_variable};
use super::launch_settings::{Contain, Launch};
use super::piped_process;
use super::program_path;
use super::seq::format_seq;
use super::system::{Pipes, ProcessReaper};

/// The maximum number of characters of `PATH` that a message shows.
const SHOWN: usize = 600;

/// A command whose program exists and is executable.
///
/// Its process is contained like that of an adapter: it is the leader of a process group, it receives the environment
/// variables that every adapter receives, and nothing of it is left when it ends.
///
/// ```
/// use fcgate_runner::Program;
///
/// let problem = Program::find("no-such-program".into(), Vec::new()).unwrap_err();
/// assert!(problem.starts_with("expected an executable program, but 'no-such-program' is not in PATH"));
/// ```
#[derive(Debug, Clone)]
pub struct Program {
    launch: Launch,
    path: PathBuf,
}

impl Program {
    /// Finds a program by its path, or by its name in `PATH`. No shell is used.
    ///
    /// # Errors
    ///
    /// When there is no such program or it is not executable: what was found, and where the program was searched.
    pub fn find(program: OsString, arguments: Vec<OsString>) -> Result<Self, String> {
        let path = program_path::search(&program).map_err(|problem| {
            let place = searched(&program);
            format!("{problem} (searched {place})")
        })?;
        let launch = Launch::new(program, arguments).contain(Contain::Group);
        Ok(Self { launch, path })
    }

    /// Sets the path of the `fcgate` binary, whose command `supervise` ends the process when this process ends in any
    /// way. It needs a process whose standard input stays open: see [`Launch::supervisor`].
    #[must_use]
    pub fn supervisor(mut self, binary: PathBuf) -> Self {
        self.launch = self.launch.supervisor(binary).contain(Contain::Auto);
        self
    }

    /// The command as text for people, truncated.
    pub fn command(&self) -> String {
        self.launch.command()
    }

    /// Starts the process.
    pub(super) fn start(
        &self,
        variables: &[(String, String)],
    ) -> io::Result<(ProcessReaper, Pipes)> {
        let mark = format_seq(RandomState::new().hash_one(MARK));
        piped_process::start(&self.launch, &self.path, variables, &mark)
    }
}

/// Where a program is searched.
fn searched(program: &OsStr) -> String {
    let is_name = PathBuf::from(program).components().count() <= 1;
    let folder = std::env::current_dir().unwrap_or_default();
    if is_name {
        let path = path_variable();
        format!("in PATH: {}", visible::line(&path.to_string_lossy(), SHOWN))
    } else {
        let folder = folder.to_string_lossy();
        format!("from the folder {}", visible::line(&folder, SHOWN))
    }
}
