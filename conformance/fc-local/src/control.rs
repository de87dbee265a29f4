//! The control interface: a second loopback port, on which a test reads the calls and sets answers.

mod call_document;
mod connection;
mod control_error;
mod function_document;
mod guard;
mod parameters;
mod resources;
mod server;

pub(super) use self::server::ControlServer;
