//! Kills, reaps and cleans up the processes of an adapter.

use std::process::Child;
use std::sync::{Mutex, RwLockReadGuard};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::super::super::lock::lock;
use super::super::exit_status::ExitStatus;
use super::containment::Containment;
use super::own_children;
use super::stray_processes;

/// Kills and reaps the process of an adapter; holds the information that is needed to find all its descendants.
pub(in crate::child) struct ProcessReaper {
    pid: Pid,
    containment: Containment,
    /// The process until it is reaped; its PID is valid until then.
    unreaped: Mutex<Option<Child>>,
}

impl ProcessReaper {
    /// Announces that a process is being started, until the result is dropped. A process that this process started, and
    /// that has no reaper yet, would look like an orphan.
    pub(in crate::child) fn starting() -> RwLockReadGuard<'static, ()> {
        own_children::starting()
    }

    /// Creates the reaper of the leader of a process group.
    pub(in crate::child) fn new(child: Child, containment: Containment) -> Self {
        let pid = Pid::from_child(&child);
        own_children::add(pid);
        Self {
            pid,
            containment,
            unreaped: Mutex::new(Some(child)),
        }
    }

    /// Kills the process and its descendants.
    pub(in crate::child) fn kill(&self) {
        let unreaped = lock(&self.unreaped);
        if unreaped.is_some() {
            if let Containment::Supervisor(_) = self.containment {
                // Kill the descendants while the supervisor is running, because it adopts orphans.
                stray_processes::kill_descendants(self.pid);
            }
            self.kill_group();
        }
    }

    /// Reaps the process, which has exited, and kills the processes that it left.
    pub(in crate::child) fn reap(&self) {
        {
            let mut unreaped = lock(&self.unreaped);
            self.kill_group();
            if let Some(mut child) = unreaped.take() {
                own_children::remove(self.pid);
                // The process has exited. This call only frees its PID.
                let _ = child.wait();
            }
        }
        match &self.containment {
            Containment::Namespace => {}
            Containment::Supervisor(variable) | Containment::Variable(variable) => {
                // There may be no supervisor, or it was killed: then this process adopted the orphans.
                own_children::kill_others();
                stray_processes::kill_by_variable(variable);
            }
        }
    }

    /// Kills and reaps the process and its descendants, if it was started but cannot be used.
    pub(in crate::child) fn kill_and_reap(&self) {
        self.kill();
        self.wait();
        self.reap();
    }

    /// Waits until the process exits. It stays a zombie, so its PID stays valid while other threads may kill it.
    pub(in crate::child) fn wait(&self) -> ExitStatus {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        loop {
            match waitid(WaitId::Pid(self.pid), options) {
                Ok(Some(status)) => {
                    return ExitStatus::new(status.exit_status(), status.terminating_signal());
                }
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
