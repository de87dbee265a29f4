//! Systems without process groups and signals, for example Windows: a child process with pipes, and Ctrl-C.
//!
//! The gate kills the adapter itself, not the processes that the adapter started. Each pipe has a thread, because there
//! is no common wait for several pipes. So text on stderr may arrive after the reply that follows it.

mod containment;
mod pipes;
mod process_reaper;
mod shared;
mod signals;

pub(in crate::child) use self::containment::{Containment, contain, isolate};
pub use self::containment::{adopt_orphans, supervise};
pub(in crate::child) use self::pipes::{OutputPipe, Pipes, Poller, StdinPipe, Waker};
pub(in crate::child) use self::process_reaper::ProcessReaper;
pub use self::signals::{SignalWatch, handle_inherited_signals};
