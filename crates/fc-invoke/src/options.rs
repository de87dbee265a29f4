//! The options of one invocation.

use std::time::Duration;

use fc_headers::InputError;

use crate::{Call, Endpoint, Operation, RetryPolicy, Scheme};

/// The options of one invocation, next to its input.
///
/// ```
/// use fc_invoke::{InvokeOptions, RetryPolicy};
///
/// let options = InvokeOptions::default().idempotent().retry_policy(RetryPolicy::default().max_attempts(5));
/// # let _ = options;
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InvokeOptions {
    retry_policy: Option<RetryPolicy>,
    is_idempotent: bool,
    corrects_clock: bool,
    pub(crate) deadline: Option<Duration>,
}

impl InvokeOptions {
    /// Sets the retry policy; it overrides that of the client.
    #[must_use]
    pub fn retry_policy(self, retry_policy: RetryPolicy) -> Self {
        Self {
            retry_policy: Some(retry_policy),
            ..self
        }
    }

    /// Declares that a second run of the function does no harm; see [`Call::idempotent`].
    #[must_use]
    pub fn idempotent(self) -> Self {
        Self {
            is_idempotent: true,
            ..self
        }
    }

    /// Allows one retry with the time of the service; see [`Call::correct_clock`].
    #[must_use]
    pub fn correct_clock(self) -> Self {
        Self {
            corrects_clock: true,
            ..self
        }
    }

    /// Sets the time after which the whole invocation ends; it overrides that of the client.
    ///
    /// See [`Client::deadline`](crate::Client::deadline).
    #[must_use]
    pub fn deadline(self, after: Duration) -> Self {
        Self {
            deadline: Some(after),
            ..self
        }
    }

    pub(crate) fn call<O: Operation>(
        self,
        input: &O,
        endpoint: &Endpoint,
        scheme: Scheme,
        default: RetryPolicy,
    ) -> Result<Call<O>, InputError> {
        let retry_policy = self.retry_policy.unwrap_or(default);
        let call = Call::new(input, endpoint, scheme)?.retry_policy(retry_policy);
        let call = if self.is_idempotent {
            call.idempotent()
        } else {
            call
        };
        Ok(if self.corrects_clock {
            call.correct_clock()
        } else {
            call
        })
    }
}
