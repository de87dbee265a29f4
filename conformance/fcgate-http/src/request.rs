//! The HTTP/1.1 request reader of the gate.
//!
//! [`RequestReader`] finds the end of a request in bytes that arrive in pieces. [`Request::parse`] turns a
//! whole request into its parts. [`RequestStream`] does both for a connection.

mod chunk;
mod error;
mod head;
mod header_line;
mod parse;
mod parts;
mod reader;
mod stream;
mod wait;

pub use self::chunk::decode_chunks;
pub use self::error::{RequestError, TlsFailure};
pub use self::header_line::{HeaderLineError, parse_header_line};
pub use self::parts::{Framing, Request};
pub use self::reader::{Limits, RequestReader};
pub use self::stream::{Incoming, Input, RequestStream};
pub use self::wait::Wait;
