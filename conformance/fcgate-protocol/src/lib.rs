//! The adapter protocol of fcgate, version 1: messages, capabilities, and an implementation as an adapter.
//!
//! The gate sends a command with its input; the implementation replies with an output, a refusal or
//! "unsupported". The same types serve an implementation in the gate's own process
//! ([`Implementation`]), an adapter that reads and writes JSON lines ([`serve_adapter`]), and the `given`
//! objects of the case files. Unknown fields are ignored here; the corpus loader rejects them.
//!
//! ```
//! use fcgate_protocol::{Hello, Implementation, Reply, SignInput, SignOutput, serve_adapter};
//!
//! struct MySdk;
//!
//! impl Implementation for MySdk {
//!     fn hello(&self) -> Hello {
//!         Hello::new("my-sdk", "0.3.1", "rust").claim("sign.fc")
//!     }
//!
//!     fn sign(&self, _: &SignInput) -> Reply<SignOutput> {
//!         Reply::refused("this example signs nothing")
//!     }
//! }
//!
//! let input = r#"{"p":1,"seq":"1","cmd":"hello","in":{"suite":"2026.1","accepts":[1]}}"#;
//! let mut output = Vec::new();
//! serve_adapter(&MySdk, input.as_bytes(), &mut output)?;
//! assert!(output.starts_with(br#"{"seq":"1","ok":{"#));
//! # Ok::<(), std::io::Error>(())
//! ```
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

mod adapter_loop;
pub mod base64_bytes;
mod build;
mod capabilities;
pub mod capability;
mod catch_panic;
mod credentials;
mod header_list;
mod hello;
mod implementation;
mod invocation;
mod invoke;
mod message;
mod outcome;
pub mod pairs;
mod parse;
pub mod part;
mod reply;
mod session;
mod sign;
mod suite;
mod task;
mod trigger;

pub use self::adapter_loop::serve_adapter;
pub use self::build::{BuildInput, BuildOutput};
pub use self::capabilities::Capabilities;
pub use self::catch_panic::catch_panic;
pub use self::credentials::Credentials;
pub use self::header_list::{HeaderList, trim};
pub use self::hello::{Hello, HelloInput, Sdk};
pub use self::implementation::Implementation;
pub use self::invocation::Invocation;
pub use self::invoke::{InvokeInput, InvokeOutput, Retry};
pub use self::message::{Answer, Request, Response};
pub use self::outcome::{Outcome, OutcomeKind, TransportClass};
pub use self::parse::{ParseInput, ParseOutput};
pub use self::reply::{Refusal, RefusalClass, Reply};
pub use self::session::Session;
pub use self::sign::{Scheme, SignInput, SignKind, SignOutput, Stages};
pub use self::suite::{Suite, SuiteError};
pub use self::task::{Task, TaskInput, TaskOperation, TaskOutput, TaskRequest};
pub use self::trigger::{TriggerAuth, TriggerInput, TriggerOutput, TriggerResponse};

/// The version of the adapter protocol that this crate speaks.
pub const VERSION: u32 = 1;

/// The version of the suite: the year and the number of the release of its corpus.
pub const SUITE: &str = "2026.1";

/// The API revisions that a case can be about, oldest first.
pub const REVISIONS: [&str; 3] = ["2016-08-15", "2021-04-06", "2023-03-30"];
