//! What a caller may say about one invocation.

use fc_headers::InputError;

use crate::{Call, Endpoint, InvokeFunctionInput, RetryPolicy, Scheme};

/// What a caller may say about one invocation beside its input.
///
/// ```
/// use fc_invoke::{InvokeOptions, RetryPolicy};
///
/// let options = InvokeOptions::default().idempotent().policy(RetryPolicy::default().max_attempts(5));
/// # let _ = options;
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InvokeOptions {
    policy: Option<RetryPolicy>,
    is_idempotent: bool,
    corrects_clock: bool,
}

impl InvokeOptions {
    /// Another policy than the client's.
    #[must_use]
    pub fn policy(self, policy: RetryPolicy) -> Self {
        Self {
            policy: Some(policy),
            ..self
        }
    }

    /// See [`Call::idempotent`].
    #[must_use]
    pub fn idempotent(self) -> Self {
        Self {
            is_idempotent: true,
            ..self
        }
    }

    /// See [`Call::correct_clock`].
    #[must_use]
    pub fn correct_clock(self) -> Self {
        Self {
            corrects_clock: true,
            ..self
        }
    }

    pub(crate) fn call(
        self,
        input: &InvokeFunctionInput,
        endpoint: &Endpoint,
        scheme: Scheme,
        default: RetryPolicy,
    ) -> Result<Call, InputError> {
        let call = Call::new(input, endpoint, scheme)?.policy(self.policy.unwrap_or(default));
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
