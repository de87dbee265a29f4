//! What depends on the operating system: processes and their descendants, pipes, and signals.
//!
//! `unix` contains all of it for Linux, macOS and other Unix systems. `plain` uses only the standard library and two
//! portable crates: an adapter is a child process with pipes, and nothing finds the processes that it leaves. Both
//! have the same items.

mod exit_status;
#[cfg(any(not(unix), test))]
#[cfg_attr(
    unix,
    expect(
        unused,
        unreachable_pub,
        clippy::unnecessary_wraps,
        reason = "on Unix only the tests of this module use it"
    )
)]
mod plain;
mod ready;
#[cfg(unix)]
mod unix;

pub(super) use self::exit_status::{ExitStatus, NO_RESOURCES, NOT_STARTED};
pub(super) use self::ready::{Chunk, Written};

#[cfg(not(unix))]
use self::plain as system;
#[cfg(unix)]
use self::unix as system;

pub(super) use self::system::{
    Containment, OutputPipe, Pipes, Poller, ProcessReaper, StdinPipe, Waker, contain, isolate,
};
pub use self::system::{SignalWatch, adopt_orphans, handle_inherited_signals, supervise};
