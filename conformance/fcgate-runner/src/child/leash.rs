//! What holds the processes of an adapter: they are killed by it, and waited for by nobody else.

use std::process::Child;
use std::sync::{Mutex, PoisonError};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::ending::Ending;
use super::sweep;

/// The process that was started, and how everything that it starts is found.
pub(super) struct Leash {
    pid: Pid,
    hold: Hold,
    /// Whether it can be killed: it was not yet waited for, so its number is its own.
    alive: Mutex<bool>,
}

/// How the descendants of a process are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hold {
    /// They are in a pid namespace, and end with its first process.
    Namespace,
    /// They are below a supervisor, and the variable `NAME=VALUE` is in their environment.
    Supervisor(String),
    /// The variable `NAME=VALUE` is in their environment.
    Mark(String),
}

impl Leash {
    /// Holds a process that leads a group.
    pub(super) fn new(pid: Pid, hold: Hold) -> Self {
        Self {
            pid,
            hold,
            alive: Mutex::new(true),
        }
    }

    /// Kills the process and everything below it.
    pub(super) fn pull(&self) {
        let alive = self.alive.lock().unwrap_or_else(PoisonError::into_inner);
        if *alive {
            if let Hold::Supervisor(_) = self.hold {
                // While it lives, whatever is orphaned becomes its child.
                sweep::end_descendants(self.pid);
            }
            self.kill_group();
        }
    }

    /// Waits for the end of the process and ends what it left.
    pub(super) fn wait(&self, mut child: Child) -> Ending {
        let ending = self.ended();
        {
            let mut alive = self.alive.lock().unwrap_or_else(PoisonError::into_inner);
            self.kill_group();
            *alive = false;
            // It has ended; only its number is given back here.
            let _ = child.wait();
        }
        match &self.hold {
            Hold::Namespace => {}
            Hold::Supervisor(mark) | Hold::Mark(mark) => sweep::end_marked(mark),
        }
        ending
    }

    /// Waits for the end. The process stays a zombie, so that its number is not another's while it may be killed.
    fn ended(&self) -> Ending {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        loop {
            match waitid(WaitId::Pid(self.pid), options) {
                Ok(Some(status)) => return Ending::of(&status),
                Ok(None) | Err(Errno::INTR) => {}
                Err(_) => return Ending::UNKNOWN,
            }
        }
    }

    fn kill_group(&self) {
        // The group may be empty.
        let _ = kill_process_group(self.pid, Signal::KILL);
    }
}
