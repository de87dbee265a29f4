//! Time, in the one place of this target that reads a clock or waits.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// How long an adapter lives when nobody ends it: a gate that forgets one does not fill the machine.
const LIFE: Duration = Duration::from_secs(60);

#[expect(
    clippy::disallowed_methods,
    reason = "how long a run takes is what is tested"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Does nothing for so long.
pub(crate) fn rest(time: Duration) {
    let (_open, nothing) = mpsc::channel::<()>();
    let _ = nothing.recv_timeout(time);
}

/// Does nothing until somebody ends this process.
pub(crate) fn hang() -> ! {
    rest(LIFE);
    std::process::exit(9)
}

/// From now on this process ends by itself after a while.
pub(crate) fn limit_life() {
    thread::spawn(|| hang());
}
