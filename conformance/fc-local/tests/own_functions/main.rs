//! Functions of the user's own that run a command or forward to an HTTP server.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[cfg(unix)]
mod commands;
mod endpoint;
mod forwarding;
mod http_server;
mod many_calls;
mod started_servers;
mod unusual_answers;
