//! The only module of this target that reads a clock or waits.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The maximum lifetime of an adapter, so that processes that a gate does not kill exit on their own.
const MAX_LIFETIME: Duration = Duration::from_secs(60);

#[expect(
    clippy::disallowed_methods,
    reason = "the tests measure the time of a run"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Waits this long.
pub(crate) fn wait(time: Duration) {
    let (_open, nothing) = mpsc::channel::<()>();
    let _ = nothing.recv_timeout(time);
}

/// Waits until this process is killed.
pub(crate) fn hang() -> ! {
    wait(MAX_LIFETIME);
    std::process::exit(9)
}

/// Makes this process exit after its maximum lifetime.
pub(crate) fn limit_lifetime() {
    thread::spawn(|| hang());
}
