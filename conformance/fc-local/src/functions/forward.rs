//! Forwarding to a function that is an HTTP server, by the contract of custom runtimes.

mod answer;
mod client;
mod common_headers;
mod forwarded;
mod free_port;
mod hop_by_hop;
mod request;
mod server_command;
mod server_url;
mod started_server;

pub(crate) use self::forwarded::Forwarded;
pub(super) use self::server_url::ServerUrl;

pub use self::server_command::ServerCommand;
