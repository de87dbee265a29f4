//! Kills, reaps and cleans up the processes of an adapter.

use std::process::Child;
use std::sync::Mutex;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::containment::Containment;
use super::exit_status::ExitStatus;
use super::lock::lock;
use super::stray_processes;

/// Kills and reaps the process of an adapter; holds the information that is needed to find all its descendants.
pub(super) struct ProcessReaper {
    pid: Pid,
    containment: Containment,
    /// Whether the process has not been reaped, so its PID is still valid.
    is_unreaped: Mutex<bool>,
}

impl ProcessReaper {
    /// Creates the reaper of the leader of a process group.
    pub(super) fn new(pid: Pid, containment: Containment) -> Self {
        Self {
            pid,
            containment,
            is_unreaped: Mutex::new(true),
        }
    }

    /// Kills the process and its descendants.
    pub(super) fn kill(&self) {
        let is_unreaped = lock(&self.is_unreaped);
        if *is_unreaped {
            if let Containment::Supervisor(_) = self.containment {
                // Kill the descendants while the supervisor is running, because it adopts orphans.
                stray_processes::kill_descendants(self.pid);
            }
            self.kill_group();
        }
    }

    /// Reaps a process that has exited, and kills the processes that it left.
    pub(super) fn reap(&self, mut child: Child) {
        {
            let mut is_unreaped = lock(&self.is_unreaped);
            self.kill_group();
            *is_unreaped = false;
            // The process has exited. This call only frees its PID.
            let _ = child.wait();
        }
        match &self.containment {
            Containment::Namespace => {}
            Containment::Supervisor(variable) | Containment::Variable(variable) => {
                stray_processes::kill_by_variable(variable);
            }
        }
    }

    /// Waits until the process exits. It stays a zombie, so its PID stays valid while other threads may kill it.
    pub(super) fn wait(&self) -> ExitStatus {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        loop {
            match waitid(WaitId::Pid(self.pid), options) {
                Ok(Some(status)) => return ExitStatus::from_waitid(&status),
                Ok(None) | Err(Errno::INTR) => {}
                Err(_) => return ExitStatus::UNKNOWN,
            }
        }
    }

    fn kill_group(&self) {
        // The group may be empty.
        let _ = kill_process_group(self.pid, Signal::KILL);
    }
}
