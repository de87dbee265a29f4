//! Who is judged: in this process, or (later) in another.

use crate::corpus::Case;
use crate::protocol::{
    BuildInput, BuildOutput, Capabilities, Hello, InvokeInput, InvokeOutput, ParseInput,
    ParseOutput, Reply, SignInput, SignOutput,
};

/// A reply, or why there is none.
pub type Answered<T> = Result<Reply<T>, Trouble>;

/// Why there is no reply that can be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// It panicked or ended; the text is its last word.
    Crash(String),
    /// It did not answer in time.
    Timeout,
    /// Its `ok` lacks a required field or has a wrong one.
    Malformed(String),
    /// The gate itself failed.
    Harness(String),
}

/// An implementation as the runner sees it, however it is attached.
pub trait Subject {
    /// Puts a `sign` to it.
    ///
    /// # Errors
    ///
    /// When there is no reply that can be judged.
    fn sign(&mut self, input: &SignInput) -> Answered<SignOutput>;

    /// Puts a `build` to it.
    ///
    /// # Errors
    ///
    /// When there is no reply that can be judged.
    fn build(&mut self, input: &BuildInput) -> Answered<BuildOutput>;

    /// Puts a `parse` to it.
    ///
    /// # Errors
    ///
    /// When there is no reply that can be judged.
    fn parse(&mut self, input: &ParseInput) -> Answered<ParseOutput>;

    /// Puts an `invoke` to it.
    ///
    /// # Errors
    ///
    /// When there is no reply that can be judged.
    fn invoke(&mut self, input: &InvokeInput) -> Answered<InvokeOutput>;
}

/// What an implementation claims: the cases beyond that are unsupported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claims {
    /// The claimed capabilities.
    pub capabilities: Capabilities,
    /// The API revisions that it speaks.
    pub revisions: Vec<String>,
}

impl Claims {
    /// The claims of an introduction.
    pub fn of(hello: &Hello) -> Self {
        Self {
            capabilities: hello.caps.clone(),
            revisions: hello.revisions.clone(),
        }
    }

    /// Only this revision of those that are spoken.
    #[must_use]
    pub fn only_revision(mut self, revision: &str) -> Self {
        self.revisions.retain(|other| other == revision);
        self
    }

    /// Whether everything that a case needs is claimed.
    pub fn cover(&self, case: &Case) -> bool {
        case.needs
            .iter()
            .all(|name| self.capabilities.contains(name))
            && case
                .revision
                .as_ref()
                .is_none_or(|revision| self.revisions.contains(revision))
    }
}
