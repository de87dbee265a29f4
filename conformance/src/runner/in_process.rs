//! The in-process attachment: a panic is a crash of the case in hand.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Implementation;
use crate::protocol::{
    BuildInput, BuildOutput, Credentials, Hello, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, Reply, SignInput, SignOutput,
};

use super::secret;
use super::{Answered, Heard, Leak, Subject, Trouble};

/// An implementation in this process.
#[expect(
    missing_debug_implementations,
    reason = "it holds a caller's trait object"
)]
pub struct InProcess<'a>(&'a dyn Implementation);

impl<'a> InProcess<'a> {
    /// Attaches an implementation.
    pub fn new(implementation: &'a dyn Implementation) -> Self {
        Self(implementation)
    }

    /// Who it is and what it claims.
    ///
    /// # Errors
    ///
    /// When it panics.
    pub fn hello(&self) -> Result<Hello, Trouble> {
        caught(|| self.0.hello())
    }
}

impl Subject for InProcess<'_> {
    fn sign(&self, input: &SignInput) -> Answered<SignOutput> {
        heard(Some(&input.credentials), || self.0.sign(input))
    }

    fn build(&self, input: &BuildInput) -> Answered<BuildOutput> {
        heard(Some(&input.credentials), || self.0.build(input))
    }

    fn parse(&self, input: &ParseInput) -> Answered<ParseOutput> {
        heard(None, || self.0.parse(input))
    }

    fn invoke(&self, input: &InvokeInput) -> Answered<InvokeOutput> {
        heard(Some(&input.credentials), || self.0.invoke(input))
    }

    fn parallel(&self) -> usize {
        usize::MAX
    }
}

fn heard<T>(credentials: Option<&Credentials>, call: impl FnOnce() -> Reply<T>) -> Answered<T> {
    let reply = caught(call)?;
    let leaked = match (&reply, credentials) {
        (Reply::Err(refusal), Some(credentials)) => {
            secret::is_in(refusal.message.as_bytes(), credentials)
        }
        _ => false,
    };
    Ok(Heard {
        reply,
        leak: leaked.then_some(Leak::Reply),
    })
}

/// Runs it; a panic is told by its message.
pub(crate) fn caught<T>(call: impl FnOnce() -> T) -> Result<T, Trouble> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| Trouble::Crash(message(panic.as_ref())))
}

fn message(panic: &(dyn Any + Send)) -> String {
    if let Some(text) = panic.downcast_ref::<String>() {
        text.clone()
    } else if let Some(text) = panic.downcast_ref::<&str>() {
        (*text).to_owned()
    } else {
        "a panic without a message".to_owned()
    }
}
