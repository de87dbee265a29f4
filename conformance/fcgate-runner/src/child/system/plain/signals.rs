//! Ctrl-C.

use std::io;
use std::thread;

use tokio::runtime::Builder;
use tokio::sync::oneshot::{Sender, channel};

/// Does nothing: these systems have no signals that a caller may have set.
///
/// # Errors
///
/// None on these systems.
pub fn handle_inherited_signals() -> io::Result<()> {
    Ok(())
}

/// Calls a function on every Ctrl-C until it is dropped; on Unix on every SIGINT, SIGTERM and SIGHUP.
#[derive(Debug)]
pub struct SignalWatch {
    /// The thread ends when this is dropped.
    _until: Sender<()>,
}

impl SignalWatch {
    /// Starts a thread that calls `stop` on every Ctrl-C.
    ///
    /// # Errors
    ///
    /// If the system refuses to watch Ctrl-C.
    pub fn start(stop: impl Fn() + Send + 'static) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (until, mut dropped) = channel::<()>();
        let watch = async move {
            loop {
                tokio::select! {
                    pressed = tokio::signal::ctrl_c() => match pressed {
                        Ok(()) => stop(),
                        Err(_) => break,
                    },
                    _ = &mut dropped => break,
                }
            }
        };
        thread::Builder::new()
            .name("ctrl-c".to_owned())
            .spawn(move || runtime.block_on(watch))?;
        Ok(Self { _until: until })
    }
}
