//! Asynchronous calls of the user's own functions: they run after the 202.

mod job;
mod queue;
mod retry;

pub(super) use self::queue::BackgroundCalls;
