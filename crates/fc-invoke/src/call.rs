//! One invocation, or another operation, between two attempts.

use std::sync::Arc;
use std::time::Duration;

use fc_headers::{InputError, InputErrorKind};
use fc_sign::{SignError, Timestamp};

use crate::{Endpoint, InvokeError, InvokeFunctionInput, Operation, RetryPolicy, Safety, Scheme};

/// One invocation between two attempts; with another [`Operation`] as its type, that operation.
///
/// ```text
///            start(signer, time, nonce)                 finish(result)
///   Call ---------------------------------> InFlight ------------------> Next::Done(outcome or error)
///     ^                                                        |
///     +---------------------- wait ----------------------------+ Next::Retry(Call, Backoff)
/// ```
///
/// It has no socket, clock or timer. The caller sends the request that `start` returns and passes the result
/// to [`InFlight::finish`](crate::InFlight::finish). Every attempt has its own signature.
///
/// # Retries
///
/// | result of the attempt | retried |
/// | --- | --- |
/// | no connection | always: nothing was sent |
/// | throttled: 429, or a throttling code such as `ResourceThrottled` or `Throttling.User` with 503 or a 4xx | always: the function did not run |
/// | lost connection, time limit, any 5xx | if the function may run twice: [`idempotent`](Self::idempotent), or a task id |
/// | 409 `StatefulAsyncInvocationAlreadyExists` after an attempt that may have arrived | no: it is the acceptance |
/// | a refusal because the security token has expired | once, if the credentials can be [replaced](crate::InFlight::finish_with_reload): the function did not run |
/// | a refusal because of the time | once, with [`correct_clock`](Self::correct_clock) |
/// | anything else | never |
///
/// An operation that runs no function, such as `GetAsyncTask`, is retried after a lost connection, a time limit, a
/// throttled request and any 5xx.
///
/// Before a retry the client waits as long as the [`RetryPolicy`] says, or as long as `Retry-After` (seconds or a date) or
/// `X-Acs-Retry-After` (milliseconds) asks for, up to the cap of the policy.
///
/// ```
/// use bytes::Bytes;
/// use fc_invoke::{Call, Endpoint, InvokeFunctionInput, Next, Scheme, Signer, Target};
///
/// # fn send(_: http::Request<Bytes>) -> Result<http::Response<Bytes>, fc_transport::TransportError> {
/// #     Ok(http::Response::builder().header("x-fc-request-id", "1-65a24fa0").body(Bytes::new()).unwrap())
/// # }
/// let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
/// let input = InvokeFunctionInput::builder(target).build()?;
/// let endpoint: Endpoint = "https://fc.example.com".parse()?;
/// let signer = Signer::new(Scheme::Fc, &fc_sign::Credentials::new("id".parse()?, "secret".parse()?));
///
/// let mut call = Call::new(&input, &endpoint, Scheme::Fc)?.idempotent();
/// let success = loop {
///     let (time, nonce) = ("2022-05-11T09:00:00Z".parse()?, "0123456789abcdef".parse()?);
///     let (request, in_flight) = call.start(&signer, time, &nonce)?;
///     match in_flight.finish(send(request)) {
///         Next::Done(done) => break done?.into_result()?,
///         Next::Retry(next, _backoff) => call = next,
///     }
/// };
/// assert_eq!(success.status(), 200);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Call<O = InvokeFunctionInput> {
    pub(crate) input: O,
    pub(crate) endpoint: Endpoint,
    pub(crate) scheme: Scheme,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) safety: Safety,
    pub(crate) is_idempotent: bool,
    pub(crate) clock: ClockCorrection,
    pub(crate) accepts_unidentified: bool,
    pub(crate) reload: CredentialsReload,
    pub(crate) attempt: u32,
    /// Whether an earlier attempt may have reached the service.
    pub(crate) may_have_arrived: bool,
    /// The end of the invocation on the caller's monotonic clock.
    pub(crate) deadline: Option<Duration>,
    /// The failure of the last attempt that is retried.
    pub(crate) last_failure: Option<Arc<InvokeError>>,
}

/// Whether a refusal because the security token has expired makes the provider load again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CredentialsReload {
    Possible,
    /// The credentials of an earlier attempt were refused.
    Done,
}

/// Whether a refusal may correct the time that requests are signed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockCorrection {
    Off,
    Allowed,
    /// The time was corrected by this number of seconds.
    By(i64),
}

impl<O: Operation> Call<O> {
    /// Makes the call of `input` at `endpoint`, with the default retry policy.
    ///
    /// # Errors
    ///
    /// `unsupported-scheme` if requests of this revision are not signed by `scheme`.
    pub fn new(input: &O, endpoint: &Endpoint, scheme: Scheme) -> Result<Self, InputError> {
        if !input.revision().accepts(scheme) {
            return Err(InputError::new(
                InputErrorKind::UnsupportedScheme,
                "signature scheme",
            ));
        }
        Ok(Self {
            input: input.clone(),
            endpoint: endpoint.clone(),
            scheme,
            retry_policy: RetryPolicy::default(),
            safety: input.safety(),
            is_idempotent: false,
            clock: ClockCorrection::Off,
            accepts_unidentified: false,
            reload: CredentialsReload::Possible,
            attempt: 0,
            may_have_arrived: false,
            deadline: None,
            last_failure: None,
        })
    }

    /// Sets the retry policy.
    #[must_use]
    pub fn retry_policy(self, retry_policy: RetryPolicy) -> Self {
        Self {
            retry_policy,
            ..self
        }
    }

    /// Declares that a second run of the function does no harm.
    #[must_use]
    pub fn idempotent(self) -> Self {
        Self {
            is_idempotent: true,
            ..self
        }
    }

    /// Allows one retry with the time of the service when it refuses the request because of its time.
    ///
    /// The time comes from the `Date` of the refusal, and the correction holds for this call only. An attacker
    /// who can write to the connection can write that header and choose the time for which the next request is
    /// signed. Send over TLS.
    #[must_use]
    pub fn correct_clock(self) -> Self {
        Self {
            clock: ClockCorrection::Allowed,
            ..self
        }
    }

    /// Accepts a success without a request id, which cannot be told from the page of a captive portal; see
    /// [`Outcome::from_unidentified_response`](fc_response::Outcome::from_unidentified_response).
    #[must_use]
    pub fn accept_unidentified_responses(self) -> Self {
        Self {
            accepts_unidentified: true,
            ..self
        }
    }

    /// Makes the error of this invocation from an error between two attempts, such as that of a credentials
    /// provider. It keeps whether an earlier attempt may have run the function.
    pub fn fail(&self, error: impl Into<InvokeError>) -> InvokeError {
        self.judged(error.into(), self.may_have_arrived)
    }

    /// Records in an error whether the function may have run.
    pub(crate) fn judged(
        &self,
        error: InvokeError,
        earlier_attempt_may_have_arrived: bool,
    ) -> InvokeError {
        if self.safety.runs_function() {
            error.after(earlier_attempt_may_have_arrived)
        } else {
            error.without_function()
        }
    }

    /// The same call after its first attempt was started, for a streamed request, which has only one.
    pub(crate) fn started(self) -> Self {
        Self { attempt: 1, ..self }
    }

    pub(crate) fn corrected(&self, time: Timestamp) -> Result<Timestamp, SignError> {
        let ClockCorrection::By(ahead) = self.clock else {
            return Ok(time);
        };
        let seconds = i64::try_from(time.unix_seconds()).map_err(|_| SignError::TimeOutOfRange)?;
        Timestamp::try_from(seconds.saturating_add(ahead))
    }
}
