//! Our own crates as the built-in implementation.
//!
//! This module and the files below it are the only place of the package that imports them: the judge
//! shares no code with the judged.

mod build;
mod invoke;
mod parse;
mod sign;
mod wire;

pub use fcgate_protocol::Implementation;
use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, InvokeInput, InvokeOutput, ParseInput, ParseOutput, REVISIONS,
    Reply, SignInput, SignOutput, capability,
};

/// The built-in reference: `fc-sign`, `fc-response`, and `fc-invoke` with its client over `fc-transport-hyper`.
///
/// It claims all of protocol 1.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::exhaustive_structs, reason = "it has no fields and needs none")]
pub struct Reference;

impl Implementation for Reference {
    fn hello(&self) -> Hello {
        let hello = Hello::new("fc-invoke", env!("CARGO_PKG_VERSION"), "rust");
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
}
