//! The subject of a run: the implementation that the gate judges, in this process or in a child process.

use std::fmt;

use fcgate_cases::judge::Check;
use fcgate_protocol::{
    BuildInput, BuildOutput, InvokeInput, InvokeOutput, ParseInput, ParseOutput, Reply, SignInput,
    SignOutput, TaskInput, TaskOutput, TriggerInput, TriggerOutput,
};

/// A reply, or the reason why there is none.
pub type SubjectResult<T> = Result<SubjectReply<T>, SubjectError>;

/// A reply, and where the subject leaked the access key secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectReply<T> {
    /// The reply.
    pub reply: Reply<T>,
    /// The place where the gate found the access key secret of the request; `None` if there is no leak.
    pub leak: Option<Leak>,
}

impl<T> SubjectReply<T> {
    /// A reply without a leak.
    pub fn new(reply: Reply<T>) -> Self {
        Self { reply, leak: None }
    }
}

/// The place where the gate found an access key secret or a security token that the subject must not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// In the reply.
    Reply,
    /// On the standard error of an adapter.
    StandardError,
}

impl Leak {
    /// The check that fails, because the subject wrote the access key secret, or a token or Authorization outside of a request.
    pub(crate) fn check(self) -> Check {
        let found = format!("a secret, token, Authorization value or signature is {self}");
        Check::holds(
            "secret-leak",
            false,
            "no access key secret, security token or Authorization value in an error message or on standard error",
            &found,
        )
    }
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reply => "in the reply",
            Self::StandardError => "on standard error",
        })
    }
}

/// The reason why there is no reply to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectError {
    /// The subject panicked or its process ended; the text describes how.
    Crash(String),
    /// The subject did not reply in time; the text names the limit.
    Timeout(String),
    /// The process ended or hung while several requests were pending: this request has to be sent again, alone.
    Ambiguous,
    /// The `ok` of the reply lacks a required field or has a wrong one.
    Malformed(String),
    /// The subject receives no further requests; the text is the reason.
    Unavailable(String),
    /// The gate itself failed.
    Harness(String),
}

/// An implementation as the runner sees it, attached in process or as a child process.
pub trait Subject: Sync {
    /// Sends a `sign` request.
    ///
    /// # Errors
    ///
    /// If there is no reply to judge.
    fn sign(&self, input: &SignInput) -> SubjectResult<SignOutput>;

    /// Sends a `build` request.
    ///
    /// # Errors
    ///
    /// If there is no reply to judge.
    fn build(&self, input: &BuildInput) -> SubjectResult<BuildOutput>;

    /// Sends a `parse` request.
    ///
    /// # Errors
    ///
    /// If there is no reply to judge.
    fn parse(&self, input: &ParseInput) -> SubjectResult<ParseOutput>;

    /// Sends an `invoke` request.
    ///
    /// # Errors
    ///
    /// If there is no reply to judge.
    fn invoke(&self, input: &InvokeInput) -> SubjectResult<InvokeOutput>;

    /// Sends a `trigger` request.
    ///
    /// # Errors
    ///
    /// If there is no reply to judge.
    fn trigger(&self, input: &TriggerInput) -> SubjectResult<TriggerOutput>;

    /// Sends a `task` request.
    ///
    /// # Errors
    ///
    /// If there is no reply to judge.
    fn task(&self, input: &TaskInput) -> SubjectResult<TaskOutput>;

    /// The maximum number of requests that may be pending at the same time.
    fn parallel(&self) -> usize;
}
