//! Who is judged: in this process, or in another.

use std::fmt;

use fcgate_protocol::{
    BuildInput, BuildOutput, InvokeInput, InvokeOutput, ParseInput, ParseOutput, Reply, SignInput,
    SignOutput,
};

/// A reply, or why there is none.
pub type Answered<T> = Result<Heard<T>, Trouble>;

/// A reply, and where a secret was seen beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard<T> {
    /// What was answered.
    pub reply: Reply<T>,
    /// Where the access key secret of the request was seen, if anywhere.
    pub leak: Option<Leak>,
}

impl<T> Heard<T> {
    /// A reply beside which no secret was seen.
    pub fn new(reply: Reply<T>) -> Self {
        Self { reply, leak: None }
    }
}

/// Where a secret was seen that nobody should see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// In the reply.
    Reply,
    /// On the standard error of an adapter.
    StandardError,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reply => "in the reply",
            Self::StandardError => "on standard error",
        })
    }
}

/// Why there is no reply that can be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It panicked or ended; the text is its last word.
    Crash(String),
    /// It did not answer in time; the text is its last word.
    Timeout(String),
    /// It went down while several questions were open: this one has to be put again, alone.
    Suspect,
    /// Its `ok` lacks a required field or has a wrong one.
    Malformed(String),
    /// It cannot be asked any more; the text says why.
    Gone(String),
    /// The gate itself failed.
    Harness(String),
}

/// An implementation as the runner sees it, however it is attached.
pub trait Subject: Sync {
    /// Puts a `sign` to it.
    ///
    /// # Errors
    ///
    /// When there is no reply that can be judged.
    fn sign(&self, input: &SignInput) -> Answered<SignOutput>;

    /// Puts a `build` to it.
    ///
    /// # Errors
    ///
    /// When there is no reply that can be judged.
    fn build(&self, input: &BuildInput) -> Answered<BuildOutput>;

    /// Puts a `parse` to it.
    ///
    /// # Errors
    ///
    /// When there is no reply that can be judged.
    fn parse(&self, input: &ParseInput) -> Answered<ParseOutput>;

    /// Puts an `invoke` to it.
    ///
    /// # Errors
    ///
    /// When there is no reply that can be judged.
    fn invoke(&self, input: &InvokeInput) -> Answered<InvokeOutput>;

    /// How many questions may be open at once.
    fn parallel(&self) -> usize;
}
