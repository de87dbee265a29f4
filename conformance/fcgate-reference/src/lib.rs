//! The built-in reference of fcgate: an implementation that uses the crates of this workspace.
//!
//! This package is the only one of the gate that depends on `crates/`, so the judge shares no code with the crates
//! that it tests.
//!
//! ```
//! use fcgate_protocol::Implementation as _;
//! use fcgate_reference::Reference;
//!
//! assert!(Reference.hello().caps.contains("sign.fc"));
//! ```

mod blocking;
mod build;
mod invoke;
mod parse;
mod session;
mod sign;
mod task;
mod trigger;
mod wire;

pub use fcgate_protocol::Implementation;
use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, InvokeInput, InvokeOutput, ParseInput, ParseOutput, REVISIONS,
    Reply, SignInput, SignOutput, TaskInput, TaskOutput, TriggerInput, TriggerOutput, capability,
};

/// Most cases that take long wait for a time limit, so more requests than processors are useful.
const PARALLEL: u32 = 8;

/// The built-in reference: `fc-sign`, `fc-response`, and `fc-invoke` with its client over `fc-transport-hyper`.
///
/// It declares every capability of protocol 1.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a unit struct that needs no fields"
)]
pub struct Reference;

impl Implementation for Reference {
    fn hello(&self) -> Hello {
        let hello = Hello::new("fc-invoke", env!("CARGO_PKG_VERSION"), "rust").parallel(PARALLEL);
        let hello = capability::ALL.into_iter().fold(hello, Hello::claim);
        REVISIONS.into_iter().fold(hello, Hello::revision)
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        sign::sign(input).into()
    }

    fn build(&self, input: &BuildInput) -> Reply<BuildOutput> {
        build::build(input).into()
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        Reply::Ok(ParseOutput::new(parse::parse(input)))
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        invoke::invoke(input)
    }

    fn trigger(&self, input: &TriggerInput) -> Reply<TriggerOutput> {
        trigger::call(input)
    }

    fn task(&self, input: &TaskInput) -> Reply<TaskOutput> {
        task::call(input)
    }
}
