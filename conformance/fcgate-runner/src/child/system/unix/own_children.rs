//! The children of this process that the runner started, and the orphans that this process adopted.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

use rustix::process::Pid;

use super::super::super::lock::lock;
use super::stray_processes;

/// Whether this process adopts orphans.
static ADOPTS: AtomicBool = AtomicBool::new(false);

/// Held for reading while a process is being started.
static STARTING: RwLock<()> = RwLock::new(());

/// The children that have a reaper.
static OWN: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// Makes this process adopt the processes of adapters whose supervisor was killed, on Linux.
///
/// It is for a process whose children are all started by this crate, such as `fcgate run`: any other child is killed
/// when a supervisor exits.
pub fn adopt_orphans() {
    stray_processes::adopt_orphans();
    ADOPTS.store(true, Ordering::SeqCst);
}

/// Announces that a process is being started, until the result is dropped.
pub(super) fn starting() -> RwLockReadGuard<'static, ()> {
    STARTING.read().unwrap_or_else(PoisonError::into_inner)
}

/// Adds a child that has a reaper.
pub(super) fn add(pid: Pid) {
    lock(&OWN).insert(pid.as_raw_pid());
}

/// Removes a child that has exited, before it is reaped: then another child may get its PID.
pub(super) fn remove(pid: Pid) {
    lock(&OWN).remove(&pid.as_raw_pid());
}

/// Kills the children that have no reaper, and their descendants.
pub(super) fn kill_others() {
    if ADOPTS.load(Ordering::SeqCst) {
        let _no_start = STARTING.write().unwrap_or_else(PoisonError::into_inner);
        // A child that is reaped during the search is still no orphan: its PID may belong to another process.
        let own = lock(&OWN).clone();
        stray_processes::kill_children_except(|pid| own.contains(&pid.as_raw_pid()));
    }
}
