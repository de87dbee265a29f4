//! No containment: the gate kills the adapter, not the processes that the adapter started.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};

use super::super::super::environment;
use super::super::super::launch_settings::Launch;
use super::super::exit_status::{ExitStatus, NOT_STARTED};

/// The way in which the gate finds the descendants of an adapter: it does not.
#[derive(Debug)]
pub(in crate::child) struct Containment;

impl Containment {
    /// What this system cannot contain.
    pub(in crate::child) const WARNING: Option<&'static str> = Some(
        "on this system the gate does not kill the processes that an adapter leaves when it exits or is killed",
    );

    /// The containment of a process whose environment has the mark.
    pub(in crate::child) fn marked(_mark: &str) -> Self {
        Self
    }
}

/// Creates the command that starts an adapter, with its environment.
pub(in crate::child) fn contain(
    launch: &Launch,
    program: &Path,
    _mark: &str,
) -> (Command, Containment) {
    let mut command = Command::new(program);
    command
        .args(&launch.arguments)
        .env_clear()
        .envs(environment::passed(&launch.variables));
    isolate(&mut command);
    (command, Containment)
}

/// Starts the process of this command outside the process group of the gate, so that Ctrl-C reaches only the gate.
pub(in crate::child) fn isolate(command: &mut Command) {
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        /// `CREATE_NEW_PROCESS_GROUP` of the Windows API.
        const NEW_PROCESS_GROUP: u32 = 0x200;
        command.creation_flags(NEW_PROCESS_GROUP);
    }
    #[cfg(not(windows))]
    let _ = command;
}

/// Does nothing: these systems give the processes of a killed supervisor to no other process.
pub fn adopt_orphans() {}

/// Fails: this system has no supervisor of processes.
pub fn supervise(program: &OsStr, _arguments: &[OsString]) -> ExitCode {
    let name = program.to_string_lossy();
    let problem = "the command supervise exists only on Unix";
    // If stderr is closed, the exit status still reports the failure.
    let _ = writeln!(io::stderr(), "{NOT_STARTED}{name}: {problem}");
    ExitCode::from(ExitStatus::NOT_STARTED)
}
