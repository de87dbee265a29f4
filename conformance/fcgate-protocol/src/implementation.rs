//! The trait that an implementation in the gate's own process has.

use crate::{
    BuildInput, BuildOutput, Hello, InvokeInput, InvokeOutput, ParseInput, ParseOutput, Reply,
    SignInput, SignOutput, TaskInput, TaskOutput, TriggerInput, TriggerOutput,
};

/// An implementation of the client side that the gate tests in its own process.
///
/// Every method except `hello` is optional: by default it replies `unsupported`, so an implementation can
/// start with one method. The gate reports a panic as a crash of the case, never as a correct refusal.
///
/// ```
/// use fcgate_protocol::{
///     Hello, Implementation, Outcome, OutcomeKind, ParseInput, ParseOutput, Reply,
/// };
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
    /// Returns the name, the version and the declared capabilities.
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

    /// Parses a response into its outcome.
    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        let _ = input;
        Reply::unsupported("parse")
    }

    /// Invokes a function over HTTP. This method may block.
    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        let _ = input;
        Reply::unsupported("invoke")
    }

    /// Signs a request to an HTTP trigger and sends it once. This method may block.
    fn trigger(&self, input: &TriggerInput) -> Reply<TriggerOutput> {
        let _ = input;
        Reply::unsupported("trigger")
    }

    /// Makes one operation on asynchronous tasks over HTTP. This method may block.
    fn task(&self, input: &TaskInput) -> Reply<TaskOutput> {
        let _ = input;
        Reply::unsupported("task")
    }
}
