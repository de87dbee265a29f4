//! The in-process attachment: one trait, every method but the introduction optional.

use crate::BuildInput;
use crate::BuildOutput;
use crate::Hello;
use crate::InvokeInput;
use crate::InvokeOutput;
use crate::ParseInput;
use crate::ParseOutput;
use crate::Reply;
use crate::SignInput;
use crate::SignOutput;

/// An implementation of the client side that the gate can judge in its own process.
///
/// Methods default to `unsupported`, so one method is a first green run. A panic is a crash of the
/// case in hand, never a correct refusal.
///
/// ```
/// use crate::Implementation;
/// use crate::{Hello, Outcome, OutcomeKind, ParseInput, ParseOutput, Reply};
///
/// struct MySdk;
///
/// impl Implementation for MySdk {
///     fn hello(&self) -> Hello {
///         Hello::new("my-sdk", "0.3.1", "rust").claim("parse")
///     }
///
///     fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
///         let mut outcome = Outcome::new(OutcomeKind::Completed);
///         outcome.status = Some(input.status);
///         outcome.payload = Some(input.body.clone());
///         Reply::Ok(ParseOutput::new(outcome))
///     }
/// }
/// ```
pub trait Implementation: Sync {
    /// Who it is and what it claims.
    fn hello(&self) -> Hello;

    /// Signs a request in wire form.
    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        let _ = input;
        Reply::unsupported("sign")
    }

    /// Builds and signs a request from typed input.
    fn build(&self, input: &BuildInput) -> Reply<BuildOutput> {
        let _ = input;
        Reply::unsupported("build")
    }

    /// Tells the outcome of a response.
    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        let _ = input;
        Reply::unsupported("parse")
    }

    /// Invokes a function over HTTP; it may block.
    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        let _ = input;
        Reply::unsupported("invoke")
    }
}
