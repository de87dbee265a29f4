//! The options of one invocation.

use std::time::Duration;

use fc_headers::InputError;

use crate::{Call, Endpoint, Operation, RetryPolicy, Scheme};

/// The settings of a client that the options of an invocation can override.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ClientDefaults {
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) accepts_unidentified: bool,
}

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
    accepts_unidentified: Option<bool>,
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

    /// Accepts a success without a request id in this invocation; see [`Call::accept_unidentified_responses`].
    #[must_use]
    pub fn accept_unidentified_responses(self) -> Self {
        Self {
            accepts_unidentified: Some(true),
            ..self
        }
    }

    /// Refuses a success without a request id in this invocation, also if the client accepts them.
    ///
    /// Without this option and without that of the client, such a success is refused too: it is the page of a captive
    /// portal or of a proxy, not a result of Function Compute.
    #[must_use]
    pub fn refuse_unidentified_responses(self) -> Self {
        Self {
            accepts_unidentified: Some(false),
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
        client: ClientDefaults,
    ) -> Result<Call<O>, InputError> {
        let retry_policy = self.retry_policy.unwrap_or(client.retry_policy);
        let mut call = Call::new(input, endpoint, scheme)?.retry_policy(retry_policy);
        call.accepts_unidentified = self
            .accepts_unidentified
            .unwrap_or(client.accepts_unidentified);
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
