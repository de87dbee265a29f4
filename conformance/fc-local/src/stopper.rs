//! Ends the wait of a server from another thread.

use std::fmt;
use std::sync::Arc;

use super::server_state::ServerState;

/// Ends the wait of a server.
#[derive(Clone)]
pub struct Stopper(Arc<ServerState>);

impl Stopper {
    pub(super) fn new(server: Arc<ServerState>) -> Self {
        Self(server)
    }

    /// Ends the current wait and all later ones.
    pub fn stop(&self) {
        self.0.stop();
    }
}

impl fmt::Debug for Stopper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stopper").finish_non_exhaustive()
    }
}
