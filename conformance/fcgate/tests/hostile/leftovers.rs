//! Processes of a run that are still alive.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// A live process with the marker in its arguments.
pub(crate) struct Leftover {
    id: i32,
    pub(crate) command: String,
}

/// Every live process with the marker in its arguments. A dead process has no arguments.
pub(crate) fn find(marker: &str) -> Vec<Leftover> {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter_map(|id: i32| {
        let arguments = fs::read(format!("/proc/{id}/cmdline")).ok()?;
        let command = String::from_utf8_lossy(&arguments).replace('\0', " ");
        command.contains(marker).then_some(Leftover { id, command })
    })
    .collect()
}

/// Kills them, so that a failed test leaves no process.
pub(crate) fn end(leftovers: &[Leftover]) {
    for leftover in leftovers {
        if let Some(id) = Pid::from_raw(leftover.id) {
            let _ = kill_process(id, Signal::KILL);
        }
    }
}
