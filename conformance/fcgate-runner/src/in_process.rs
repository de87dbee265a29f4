//! The in-process attachment: a panic is a crash of the case in hand.

use fcgate_protocol::Implementation;
use fcgate_protocol::caught;
use fcgate_protocol::{
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
        caught(|| self.0.hello()).map_err(Trouble::Crash)
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
    let reply = caught(call).map_err(Trouble::Crash)?;
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
