//! Runs an implementation in this process. A panic is reported as a crash of the case.

use fcgate_protocol::Implementation;
use fcgate_protocol::catch_panic;
use fcgate_protocol::{
    BuildInput, BuildOutput, Credentials, Hello, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, Reply, SignInput, SignOutput, TaskInput, TaskOutput, TriggerInput, TriggerOutput,
};
use fcgate_text::redaction::Redactor;
use serde::Serialize;

use crate::authorization_search::AuthorizationSearch;
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
        call(Some(&input.credentials), || self.0.sign(input), nothing)
    }

    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput> {
        call(Some(&input.credentials), || self.0.build(input), nothing)
    }

    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput> {
        call(None, || self.0.parse(input), nothing)
    }

    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput> {
        call(Some(&input.credentials), || self.0.invoke(input), json)
    }

    fn trigger(&self, input: &TriggerInput) -> SubjectResult<TriggerOutput> {
        call(Some(&input.secrets()), || self.0.trigger(input), json)
    }

    fn task(&self, input: &TaskInput) -> SubjectResult<TaskOutput> {
        call(Some(&input.credentials), || self.0.task(input), json)
    }

    fn parallel(&self) -> usize {
        usize::MAX
    }
}

/// Calls an operation. `shown` returns the texts of its output that must not contain a secret.
fn call<T>(
    credentials: Option<&Credentials>,
    operation: impl FnOnce() -> Reply<T>,
    shown: impl FnOnce(&T) -> Vec<u8>,
) -> SubjectResult<T> {
    let reply = catch_panic(operation).map_err(SubjectError::Crash)?;
    let text = match &reply {
        Reply::Ok(output) => shown(output),
        Reply::Err(refusal) => refusal.message.clone().into_bytes(),
        Reply::Unsupported(_) => Vec::new(),
    };
    let leaked = credentials.is_some_and(|credentials| {
        if text.is_empty() {
            return false;
        }
        let token = credentials.security_token.as_deref();
        let redactor = Redactor::new()
            .secret(&credentials.access_key_secret)
            .security_token(token.unwrap_or_default());
        let search = AuthorizationSearch::new(credentials);
        redactor.contains(&text) || search.is_some_and(|search| search.is_in_reply(&text))
    });
    Ok(SubjectReply {
        reply,
        leak: leaked.then_some(Leak::Reply),
    })
}

/// A signed request contains its token and its Authorization.
fn nothing<T>(_: &T) -> Vec<u8> {
    Vec::new()
}

/// Nothing secret belongs to the output of an exchange.
fn json(output: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(output).unwrap_or_default()
}
