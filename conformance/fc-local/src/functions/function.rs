//! The code of a function of the user's own.

use super::call::Call;
use super::reply::Reply;

/// The code of a function. It is called by several threads at a time.
pub trait Function: Send + Sync {
    /// Answers one call.
    fn call(&self, call: &Call) -> Reply;

    /// Forgets the calls so far: the next call is answered like the first one. A function without a memory does nothing.
    fn start_again(&self) {}

    /// Starts what the function needs, before the first call.
    ///
    /// # Errors
    ///
    /// The reason why it cannot be started.
    fn begin(&self) -> Result<(), String> {
        Ok(())
    }

    /// Ends what the function has started, and the calls that still run. There is no call afterwards.
    fn end(&self) {}
}

impl<F: Fn(&Call) -> Reply + Send + Sync> Function for F {
    fn call(&self, call: &Call) -> Reply {
        self(call)
    }
}
