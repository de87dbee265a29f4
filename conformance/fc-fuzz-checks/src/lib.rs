//! What the fuzz targets assert.
//!
//! A target is a file with a function `check`: it takes any bytes, and panics if the code under test breaks a promise that it
//! makes for these bytes. `cargo xtask fuzz` calls the functions with inputs that it looks for
//! (`conformance/fuzz`); the tests of this package call them with the committed inputs.
//!
//! An assertion compares with the specification, with an independent parser, or with the input itself; never with a second
//! call of the code under test alone.

pub mod acs3_text;
pub mod endpoint;
pub mod error_document;
pub mod fc_text;
pub mod header;
pub mod invocation;
pub mod log_tail;
mod message;
pub mod response;
mod shown;
mod signed_request;

#[cfg(feature = "gate")]
pub mod adapter_line;
#[cfg(feature = "gate")]
pub mod captured_request;
#[cfg(feature = "gate")]
pub mod case_file;
#[cfg(feature = "gate")]
pub mod http_request;
#[cfg(feature = "gate")]
pub mod known_file;
#[cfg(feature = "gate")]
pub mod report;

/// A target: its name, and what it asserts about an input.
pub type Target = (&'static str, fn(&[u8]));

/// The targets of the protocol crates.
pub const PROTOCOL: [Target; 8] = [
    ("acs3_text", acs3_text::check),
    ("endpoint", endpoint::check),
    ("error_document", error_document::check),
    ("fc_text", fc_text::check),
    ("header", header::check),
    ("invocation", invocation::check),
    ("log_tail", log_tail::check),
    ("response", response::check),
];

/// The targets of the gate.
#[cfg(feature = "gate")]
pub const GATE: [Target; 6] = [
    ("adapter_line", adapter_line::check),
    ("captured_request", captured_request::check),
    ("case_file", case_file::check),
    ("http_request", http_request::check),
    ("known_file", known_file::check),
    ("report", report::check),
];
