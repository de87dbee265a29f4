//! Handling of SIGINT, SIGTERM and SIGHUP: the command stops early and still writes its report.

use std::io;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};

/// Calls a function on every signal until it is dropped.
pub(super) struct SignalWatch(Handle);

impl SignalWatch {
    /// Starts a thread that calls `stop` on every signal.
    pub(super) fn start(stop: impl Fn() + Send + 'static) -> io::Result<Self> {
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let handle = signals.handle();
        thread::spawn(move || {
            for _ in &mut signals {
                stop();
            }
        });
        Ok(Self(handle))
    }
}

impl Drop for SignalWatch {
    fn drop(&mut self) {
        self.0.close();
    }
}
