//! Starts a contained process with three pipes.

use std::io;
use std::path::Path;
use std::process::Stdio;

use super::launch_settings::Launch;
use super::system::{Pipes, ProcessReaper, contain};

/// Starts a program with these environment variables in addition to those that every adapter receives. `mark` must be
/// unique.
pub(super) fn start(
    launch: &Launch,
    program: &Path,
    variables: &[(String, String)],
    mark: &str,
) -> io::Result<(ProcessReaper, Pipes)> {
    let _starting = ProcessReaper::starting();
    let (mut command, containment) = contain(launch, program, mark);
    command
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let pipes = Pipes::take(&mut child);
    let reaper = ProcessReaper::new(child, containment);
    let pipes = pipes.inspect_err(|_| reaper.kill_and_reap())?;
    Ok((reaper, pipes))
}
