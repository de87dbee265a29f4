//! Where the blocks of the log go.

use std::sync::Arc;

/// Writes a block of the log.
pub(super) type LogSink = Arc<dyn Fn(&str) + Send + Sync>;
