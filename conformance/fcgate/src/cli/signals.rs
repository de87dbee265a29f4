//! The end of a run from outside: a signal ends the adapter and the run, and a report is written all the same.

use std::sync::{Arc, Weak};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals as Arriving};

use fcgate_runner::{Child, Stop};

use super::attach::Attached;

/// Watches for signals as long as it lives.
pub(super) struct Signals(Option<Handle>);

impl Signals {
    /// On the first signal no more cases are put, and the adapter is ended.
    pub(super) fn watch(stop: &Stop, attached: &Attached<'_>) -> Self {
        let Ok(mut arriving) = Arriving::new([SIGINT, SIGTERM, SIGHUP]) else {
            return Self(None);
        };
        let handle = arriving.handle();
        let stop = stop.clone();
        let child: Weak<Child> = match attached {
            Attached::Child(child) => Arc::downgrade(child),
            Attached::InProcess(_) => Weak::new(),
        };
        thread::spawn(move || {
            for _ in &mut arriving {
                stop.now();
                if let Some(child) = child.upgrade() {
                    child.stop();
                }
            }
        });
        Self(Some(handle))
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        if let Some(handle) = &self.0 {
            handle.close();
        }
    }
}
