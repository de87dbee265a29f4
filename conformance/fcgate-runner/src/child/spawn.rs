//! Starts a process of an adapter and its two threads.

use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::sync::Arc;
use std::thread;

use rustix::process::Pid;

use super::containment;
use super::environment;
use super::launch_settings::Launch;
use super::output_reader::OutputReader;
use super::process::Process;
use super::process_reaper::ProcessReaper;
use super::secrets::Secrets;
use super::seq::format_seq;
use super::stdin_writer::StdinWriter;

/// Starts a program.
pub(super) fn spawn(
    launch: &Launch,
    program: &Path,
    secrets: Arc<Secrets>,
) -> io::Result<Arc<Process>> {
    let keys = RandomState::new();
    let mark = format_seq(keys.hash_one(environment::MARK));
    let contained = containment::contain(launch, program, mark);
    let mut command = Command::new(contained.program);
    command
        .args(contained.arguments)
        .env_clear()
        .envs(environment::passed(&launch.pass))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0);
    command.env(environment::MARK, contained.mark);
    let (wake_reader, wake) = io::pipe()?;
    let mut child = command.spawn()?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
        return Err(io::Error::other("the child process has no pipes"));
    };
    let process = Arc::new(Process::new(
        launch.command(),
        ProcessReaper::new(Pid::from_child(&child), contained.containment),
        keys,
        StdinWriter::new(stdin.into()),
        wake,
        secrets,
    ));
    let reader = OutputReader::new(
        Arc::clone(&process),
        wake_reader,
        stdout.into(),
        stderr.into(),
    );
    start_threads(&process, reader, child).inspect_err(|_| process.kill())?;
    Ok(process)
}

/// Starts the thread that reads the output and the thread that waits for the exit.
fn start_threads(
    process: &Arc<Process>,
    reader: OutputReader,
    child: process::Child,
) -> io::Result<()> {
    process.unblock()?;
    reader.unblock()?;
    let process = Arc::clone(process);
    thread::Builder::new()
        .name("adapter-output".to_owned())
        .spawn(move || reader.run())?;
    thread::Builder::new()
        .name("adapter-wait".to_owned())
        .spawn(move || process.reap(child))?;
    Ok(())
}
