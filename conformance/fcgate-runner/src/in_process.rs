//! Runs an implementation in this process. A panic is reported as a crash of the case.

use fcgate_protocol::Implementation;
use fcgate_protocol::catch_panic;
use fcgate_protocol::{
    BuildInput, BuildOutput, Credentials, Hello, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, Reply, SignInput, SignOutput, TaskInput, TaskOutput, TriggerInput, TriggerOutput,
};
use serde::Serialize;

use crate::leak_search::LeakSearches;
use crate::subject::{Leak, Subject, SubjectError, SubjectReply, SubjectResult};

/// An implementation in this process.
#[expect(
    missing_debug_implementations,
    reason = "it holds a caller's trait object"
)]
pub struct InProcess<'a> {
    implementation: &'a dyn Implementation,
    searches: LeakSearches,
}

impl<'a> InProcess<'a> {
    /// Attaches an implementation.
    pub fn new(implementation: &'a dyn Implementation) -> Self {
        Self {
            implementation,
            searches: LeakSearches::default(),
        }
    }

    /// Returns the name of the implementation and its capabilities.
    ///
    /// # Errors
    ///
    /// If the implementation panics.
    pub fn hello(&self) -> Result<Hello, SubjectError> {
        catch_panic(|| self.implementation.hello()).map_err(SubjectError::Crash)
    }
}

impl Subject for InProcess<'_> {
    fn sign(&self, input: &SignInput) -> SubjectResult<SignOutput> {
        self.call(
            Some(&input.credentials),
            || self.implementation.sign(input),
            nothing,
        )
    }

    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput> {
        self.call(
            Some(&input.credentials),
            || self.implementation.build(input),
            nothing,
        )
    }

    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput> {
        self.call(None, || self.implementation.parse(input), nothing)
    }

    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput> {
        self.call(
            Some(&input.credentials),
            || self.implementation.invoke(input),
            json,
        )
    }

    fn trigger(&self, input: &TriggerInput) -> SubjectResult<TriggerOutput> {
        self.call(
            Some(&input.secrets()),
            || self.implementation.trigger(input),
            json,
        )
    }

    fn task(&self, input: &TaskInput) -> SubjectResult<TaskOutput> {
        self.call(
            Some(&input.credentials),
            || self.implementation.task(input),
            json,
        )
    }

    fn parallel(&self) -> usize {
        usize::MAX
    }
}

impl InProcess<'_> {
    /// Calls an operation. `shown` returns the texts of its output that must not contain a secret.
    fn call<T>(
        &self,
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
            !text.is_empty() && self.searches.of(credentials).is_in_reply(&text)
        });
        Ok(SubjectReply {
            reply,
            leak: leaked.then_some(Leak::Reply),
        })
    }
}

/// A signed request contains its token and its Authorization.
fn nothing<T>(_: &T) -> Vec<u8> {
    Vec::new()
}

/// Nothing secret belongs to the output of an exchange.
fn json(output: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(output).unwrap_or_default()
}
