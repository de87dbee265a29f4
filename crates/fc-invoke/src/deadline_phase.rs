//! The phase in which the time of an invocation ran out.

/// The phase of an invocation in which the time ran out.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadlinePhase {
    /// Before an attempt, while the credentials were loaded.
    Credentials,
    /// During an attempt. The function may have run.
    Attempt,
    /// Between two attempts: the wait before the next one would end after the deadline, so that the client did not
    /// wait.
    Backoff,
}
