//! The signals that end a command early: SIGINT, SIGTERM and SIGHUP.

use std::io;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};

/// Calls a function on every SIGINT, SIGTERM and SIGHUP until it is dropped; on systems without signals on every Ctrl-C.
#[derive(Debug)]
pub struct SignalWatch(Handle);

impl SignalWatch {
    /// Starts a thread that calls `stop` on every signal.
    ///
    /// # Errors
    ///
    /// If the system refuses to watch the signals.
    pub fn start(stop: impl Fn() + Send + 'static) -> io::Result<Self> {
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
