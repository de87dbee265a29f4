//! A process group for each command that the gate starts.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// Makes the process of this command the leader of a process group of its own.
pub(in crate::child) fn isolate(command: &mut Command) {
    command.process_group(0);
}
