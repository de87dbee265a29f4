//! The signals that end a command early, SIGINT, SIGTERM and SIGHUP, and those that a caller may have set.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::flag;
use signal_hook::iterator::{Handle, Signals};

/// Makes this process independent of two signals that its caller may have set.
///
/// A write beyond the limit of the size of files (`ulimit -f`) is an error; by default SIGXFSZ would end the process and
/// leave half of the file. The process can wait for its children, also if the caller ignores SIGCHLD. Programs that this
/// process starts have the default actions.
///
/// # Errors
///
/// If the system refuses to handle the signals.
pub fn handle_inherited_signals() -> io::Result<()> {
    // The flags are not read: a handler is enough.
    for signal in [SIGXFSZ, SIGCHLD] {
        flag::register(signal, Arc::new(AtomicBool::new(false)))?;
    }
    Ok(())
}

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
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for _ in &mut signals {
                    stop();
                }
            })?;
        Ok(Self(handle))
    }
}

impl Drop for SignalWatch {
    fn drop(&mut self) {
        self.0.close();
    }
}
