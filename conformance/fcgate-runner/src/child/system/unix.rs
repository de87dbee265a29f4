//! Unix: process groups, on Linux also PID namespaces and a search in `/proc`; non-blocking pipes; signals.

mod containment;
mod isolation;
mod own_children;
mod pipes;
mod process_reaper;
mod role;
mod signals;
mod stray_processes;
mod supervise;

pub(in crate::child) use self::containment::{Containment, contain};
pub(in crate::child) use self::isolation::isolate;
pub use self::own_children::adopt_orphans;
pub(in crate::child) use self::pipes::{OutputPipe, Pipes, Poller, StdinPipe, Waker};
pub(in crate::child) use self::process_reaper::ProcessReaper;
pub use self::signals::{SignalWatch, handle_inherited_signals};
pub use self::supervise::supervise;
