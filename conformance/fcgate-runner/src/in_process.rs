//! Runs an implementation in this process. A panic is reported as a crash of the case.

use fcgate_protocol::Implementation;
use fcgate_protocol::catch_panic;
use fcgate_protocol::{
    BuildInput, BuildOutput, Credentials, Hello, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, Reply, SignInput, SignOutput,
};
use fcgate_text::redaction::Redactor;

use crate::subject::{Leak, Subject, SubjectError, SubjectReply, SubjectResult};

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

    /// Returns the name of the implementation and its capabilities.
    ///
    /// # Errors
    ///
    /// If the implementation panics.
    pub fn hello(&self) -> Result<Hello, SubjectError> {
        catch_panic(|| self.0.hello()).map_err(SubjectError::Crash)
    }
}

impl Subject for InProcess<'_> {
    fn sign(&self, input: &SignInput) -> SubjectResult<SignOutput> {
        call(Some(&input.credentials), || self.0.sign(input))
    }

    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput> {
        call(Some(&input.credentials), || self.0.build(input))
    }

    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput> {
        call(None, || self.0.parse(input))
    }

    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput> {
        call(Some(&input.credentials), || self.0.invoke(input))
    }

    fn parallel(&self) -> usize {
        usize::MAX
    }
}

fn call<T>(
    credentials: Option<&Credentials>,
    operation: impl FnOnce() -> Reply<T>,
) -> SubjectResult<T> {
    let reply = catch_panic(operation).map_err(SubjectError::Crash)?;
    let leaked = match (&reply, credentials) {
        (Reply::Err(refusal), Some(credentials)) => Redactor::new()
            .secret(&credentials.access_key_secret)
            .security_token(credentials.security_token.as_deref().unwrap_or_default())
            .contains(refusal.message.as_bytes()),
        _ => false,
    };
    Ok(SubjectReply {
        reply,
        leak: leaked.then_some(Leak::Reply),
    })
}
