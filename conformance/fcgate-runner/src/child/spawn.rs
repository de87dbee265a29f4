//! Starts a process of an adapter and its two threads.

use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::environment;
use super::launch_settings::Launch;
use super::output_reader::OutputReader;
use super::piped_process;
use super::process::Process;
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
    let (guard, pipes) = piped_process::start(launch, program, &[], &mark)?;
    let process = Arc::new(Process::new(
        launch.command(),
        guard,
        keys,
        StdinWriter::new(pipes.stdin),
        pipes.waker,
        secrets,
    ));
    let reader = OutputReader::new(
        Arc::clone(&process),
        pipes.poller,
        pipes.stdout,
        pipes.stderr,
    );
    start_threads(&process, reader).inspect_err(|_| {
        process.kill();
        process.reap();
    })?;
    Ok(process)
}

/// Starts the thread that reads the output and the thread that waits for the exit.
fn start_threads(process: &Arc<Process>, reader: OutputReader) -> io::Result<()> {
    let process = Arc::clone(process);
    thread::Builder::new()
        .name("adapter-output".to_owned())
        .spawn(move || reader.run())?;
    thread::Builder::new()
        .name("adapter-wait".to_owned())
        .spawn(move || process.reap())?;
    Ok(())
}
