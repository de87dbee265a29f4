//! Adapter protocol 1: what the gate asks and what an implementation answers.
//!
//! The same types serve the in-process way ([`Implementation`](crate::Implementation)), JSON lines
//! and the `given` objects of the case files. Reading them ignores unknown fields, as an adapter
//! must; the corpus loader refuses what it would ignore.
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

pub mod base64_bytes;
mod build;
mod capabilities;
pub mod capability;
mod credentials;
mod header_list;
mod hello;
pub mod implementation;
mod invocation;
mod invoke;
mod message;
mod outcome;
mod panic;
mod parse;
mod reply;
pub mod server;
mod sign;
mod suite;

pub use self::build::{BuildInput, BuildOutput};
pub use self::capabilities::Capabilities;
pub use self::credentials::Credentials;
pub use self::header_list::{HeaderList, trim};
pub use self::hello::{Hello, HelloInput, Sdk};
pub use self::implementation::Implementation;
pub use self::invocation::Invocation;
pub use self::invoke::{InvokeInput, InvokeOutput, Retry};
pub use self::message::{Answer, Request, Response};
pub use self::outcome::{Outcome, OutcomeKind, TransportClass};
pub use self::panic::caught;
pub use self::parse::{ParseInput, ParseOutput};
pub use self::reply::{Refusal, RefusalClass, Reply};
pub use self::sign::{Scheme, SignInput, SignKind, SignOutput, Stages};
pub use self::suite::{Suite, SuiteError};

/// The version of the adapter protocol that this crate speaks.
pub const VERSION: u32 = 1;

/// The version of the suite: the year and the number of the release of its corpus.
pub const SUITE: &str = "2026.1";

/// The API revisions that a case can be about, oldest first.
pub const REVISIONS: [&str; 3] = ["2016-08-15", "2021-04-06", "2023-03-30"];
