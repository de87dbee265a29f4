//! The hidden command that stands between the gate and an adapter, so that nothing outlives it.
//!
//! In a pid namespace it runs twice: outside, only waiting, and as the first process inside, with
//! whose end the kernel ends every other. Without a namespace it becomes the parent of all that is
//! orphaned below it, and ends that by searching. It starts the program with the gate's own pipes,
//! lets go of stdout and stderr, ends as the program ended, and ends everything some seconds after
//! the gate has gone.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, WaitOptions, getpid, wait};

use super::ending::Ending;
use super::environment;
use super::sweep;

/// The name of the hidden command.
pub(super) const COMMAND: &str = "supervise";

/// How long an adapter may live when the gate has closed its standard input: more than `bye` gives it.
const ABANDONED: Duration = Duration::from_secs(4);

/// Runs a program on the standard streams of this process, ends when it ends and as it ended, and
/// leaves nothing of it alive. A signal is told as 128 and its number, as shells do; 125 says that
/// the program could not be started.
///
/// It is the hidden command `supervise` of the binary that [`Launch::supervisor`](super::Launch::supervisor) names.
pub fn supervise(program: &OsStr, arguments: &[OsString]) -> ExitCode {
    let place = Place::here();
    let ended = match place {
        Place::Outside => within(program, arguments),
        Place::First | Place::Group => run(program, arguments, place),
    };
    match ended {
        Ok(ending) => ExitCode::from(ending.code()),
        Err(error) => {
            let name = program.to_string_lossy();
            // Where nobody reads the message, the exit status still tells.
            let _ = writeln!(io::stderr(), "{NOT_STARTED}{name}: {error}");
            ExitCode::from(Ending::NOT_STARTED)
        }
    }
}

/// What is said before the name of a program that cannot be started.
pub(super) const NOT_STARTED: &str = "fcgate supervise: cannot start ";

/// Where this process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Its children are in a pid namespace, it is not.
    Outside,
    /// The first process of a pid namespace.
    First,
    /// There is no namespace.
    Group,
}

impl Place {
    fn here() -> Self {
        match environment::mark() {
            Some(mark) if mark == environment::OUTSIDE => Self::Outside,
            Some(mark) if mark == environment::FIRST => Self::First,
            _ => Self::Group,
        }
    }
}

/// Starts this command again, as the first process of the namespace.
fn within(program: &OsStr, arguments: &[OsString]) -> io::Result<Ending> {
    let mut first = Command::new(std::env::current_exe()?);
    first.arg(COMMAND).arg("--").arg(program).args(arguments);
    first.env(environment::MARK, environment::FIRST);
    let pid = start(&mut first)?;
    let null = null()?;
    rustix::stdio::dup2_stdin(&null)?;
    release(&null)?;
    ended(pid)
}

fn run(program: &OsStr, arguments: &[OsString], place: Place) -> io::Result<Ending> {
    let mut adapter = Command::new(program);
    if place == Place::Group {
        sweep::adopt_orphans();
    } else {
        adapter.env_remove(environment::MARK);
    }
    // A group of its own: what it sends to its group does not reach us.
    adapter.args(arguments).process_group(0);
    let pid = start(&mut adapter)?;
    release(&null()?)?;
    let (done, over) = mpsc::channel::<()>();
    thread::spawn(move || watch(&over, place));
    let ending = ended(pid);
    if place == Place::Group {
        sweep::end_descendants(getpid());
    }
    drop(done);
    ending
}

fn start(command: &mut Command) -> io::Result<Pid> {
    Ok(Pid::from_child(&command.spawn()?))
}

fn null() -> io::Result<File> {
    File::options().read(true).write(true).open("/dev/null")
}

/// Lets go of the pipes that the program writes to, so that the gate sees when it closes them.
fn release(null: &File) -> io::Result<()> {
    rustix::stdio::dup2_stdout(null)?;
    rustix::stdio::dup2_stderr(null)?;
    Ok(())
}

/// Waits for a process, and for every orphan meanwhile.
fn ended(pid: Pid) -> io::Result<Ending> {
    loop {
        match wait(WaitOptions::empty()) {
            Ok(Some((other, status))) if other == pid => return Ok(Ending::of_child(status)),
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Ends everything when the gate has gone: nobody can write to standard input any more.
fn watch(over: &Receiver<()>, place: Place) {
    let stdin = io::stdin();
    let mut ends = [PollFd::new(&stdin, PollFlags::empty())];
    while let Err(rustix::io::Errno::INTR) = poll(&mut ends, None) {}
    if over.recv_timeout(ABANDONED) == Err(mpsc::RecvTimeoutError::Timeout) {
        if place == Place::Group {
            sweep::end_descendants(getpid());
        }
        std::process::exit(i32::from(Ending::ABANDONED));
    }
}
