//! The hidden command `supervise`, the parent process of an adapter. It kills the processes that the adapter leaves.
//!
//! In a PID namespace it runs twice: outside, where it only waits, and inside as process 1. When process 1 exits, the
//! kernel kills all other processes of the namespace. Without a namespace it adopts the orphans of the adapter,
//! searches for them and kills them. It starts the program with the pipes of the gate, closes its own copies of stdout
//! and stderr, and exits with the exit status of the program. If the gate exits, it kills all processes some seconds
//! later.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write as _};
use std::process::{Command, ExitCode};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, WaitOptions, getpid, wait};

use super::super::super::environment::MARK;
use super::super::exit_status::{ExitStatus, NO_RESOURCES, NOT_STARTED};
use super::isolation::isolate;
use super::role::{self, Role};
use super::stray_processes;
use crate::shortage::is_shortage;

/// The name of the hidden command.
pub(super) const COMMAND: &str = "supervise";

/// The time limit for an adapter after the gate closed its standard input. It is longer than the limit of `bye`.
const AFTER_STDIN_CLOSED: Duration = Duration::from_secs(4);

/// The exit status of a supervisor whose gate has exited: that of a process that SIGKILL killed.
const GATE_ENDED: i32 = 137;

/// Runs a program on the standard streams of this process and exits with its exit status.
///
/// Afterwards no process of the program is running. A signal becomes the exit status 128 plus its number, as in a shell.
/// The exit status 125 means that the program could not be started.
///
/// It is the hidden command `supervise` of the binary that [`Launch::supervisor`](crate::Launch::supervisor) names.
pub fn supervise(program: &OsStr, arguments: &[OsString]) -> ExitCode {
    let role = Role::from_environment();
    let status = match role {
        Role::Outside => run_in_namespace(program, arguments),
        Role::First | Role::NoNamespace => run(program, arguments, role),
    };
    match status {
        Ok(status) => ExitCode::from(status.code()),
        Err(error) => {
            let name = program.to_string_lossy();
            // If stderr is closed, the exit status still reports the failure.
            let reason = if is_shortage(&error) {
                NO_RESOURCES
            } else {
                NOT_STARTED
            };
            let _ = writeln!(io::stderr(), "{reason}{name}: {error}");
            ExitCode::from(ExitStatus::NOT_STARTED)
        }
    }
}

/// Starts this command again as process 1 of the namespace.
fn run_in_namespace(program: &OsStr, arguments: &[OsString]) -> io::Result<ExitStatus> {
    let mut first = Command::new(std::env::current_exe()?);
    first.arg(COMMAND).arg("--").arg(program).args(arguments);
    first.env(MARK, role::FIRST);
    let null = dev_null()?;
    let pid = start(&mut first)?;
    rustix::stdio::dup2_stdin(&null)?;
    release_outputs(&null)?;
    wait_for(pid)
}

fn run(program: &OsStr, arguments: &[OsString], role: Role) -> io::Result<ExitStatus> {
    let mut adapter = Command::new(program);
    if role == Role::NoNamespace {
        stray_processes::adopt_orphans();
    } else {
        adapter.env_remove(MARK);
    }
    // In its own process group the adapter cannot signal the supervisor by accident.
    adapter.args(arguments);
    isolate(&mut adapter);
    // Everything that can fail comes before the start, so that a failure leaves no process.
    let null = dev_null()?;
    let (done, is_done) = mpsc::channel::<()>();
    thread::Builder::new().spawn(move || exit_after_gate(&is_done, role))?;
    let pid = start(&mut adapter)?;
    release_outputs(&null)?;
    let status = wait_for(pid);
    if role == Role::NoNamespace {
        stray_processes::kill_descendants(getpid());
    }
    drop(done);
    status
}

fn start(command: &mut Command) -> io::Result<Pid> {
    Ok(Pid::from_child(&command.spawn()?))
}

fn dev_null() -> io::Result<File> {
    File::options().read(true).write(true).open("/dev/null")
}

/// Closes stdout and stderr of this process, so that the gate detects when the adapter closes them.
fn release_outputs(null: &File) -> io::Result<()> {
    rustix::stdio::dup2_stdout(null)?;
    rustix::stdio::dup2_stderr(null)?;
    Ok(())
}

/// Waits for a process and reaps all orphans until then.
fn wait_for(pid: Pid) -> io::Result<ExitStatus> {
    loop {
        match wait(WaitOptions::empty()) {
            Ok(Some((other, status))) if other == pid => {
                return Ok(ExitStatus::new(
                    status.exit_status(),
                    status.terminating_signal(),
                ));
            }
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Kills all processes some seconds after the write end of standard input is closed, because the gate has exited then.
fn exit_after_gate(is_done: &Receiver<()>, role: Role) {
    let stdin = io::stdin();
    let mut ends = [PollFd::new(&stdin, PollFlags::empty())];
    while let Err(rustix::io::Errno::INTR) = poll(&mut ends, None) {}
    if is_done.recv_timeout(AFTER_STDIN_CLOSED) == Err(mpsc::RecvTimeoutError::Timeout) {
        if role == Role::NoNamespace {
            stray_processes::kill_descendants(getpid());
        }
        std::process::exit(GATE_ENDED);
    }
}
