//! One invocation between two attempts.

use bytes::Bytes;
use fc_headers::{InputError, InputErrorKind, InvocationType};
use fc_sign::{Nonce, SignError, Timestamp};
use http::Request;

use crate::{Endpoint, InFlight, InvokeError, InvokeFunctionInput, RetryPolicy, Scheme, Signer};

/// One invocation, between two attempts: a value that knows what has happened so far.
///
/// ```text
///            start(signer, time, nonce)                 finish(result)
///   Call ---------------------------------> InFlight ------------------> Next::Done(outcome or error)
///     ^                                                        |
///     +----------------- after a wait within the window -------+ Next::Retry(Call, Window)
/// ```
///
/// No socket, clock or timer is in it: the driver sends the request that `start` gives, and hands what came
/// of it to [`InFlight::finish`]. Every attempt is signed anew.
///
/// # What is repeated
///
/// | what came | repeated |
/// | --- | --- |
/// | no connection, 429, 503 `ResourceThrottled` | always: the function did not run |
/// | lost connection, time limit, any 5xx | if the function may run twice: [`idempotent`](Self::idempotent), or a task id |
/// | 409 `StatefulAsyncInvocationAlreadyExists` after an attempt that may have arrived | no: it is the acceptance |
/// | a refusal about time | once, if [`correct_clock`](Self::correct_clock) was asked for |
/// | anything else | never |
///
/// ```
/// use bytes::Bytes;
/// use fc_invoke::{Call, Endpoint, InvokeFunctionInput, Next, Scheme, Signer, Target};
///
/// # fn send(_: http::Request<Bytes>) -> Result<http::Response<Bytes>, fc_transport::TransportError> {
/// #     Ok(http::Response::new(Bytes::new()))
/// # }
/// let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
/// let input = InvokeFunctionInput::builder(target).build()?;
/// let endpoint: Endpoint = "https://fc.example.com".parse()?;
/// let signer = Signer::new(Scheme::Fc, &fc_sign::Credentials::new("id".parse()?, "secret".parse()?));
///
/// let mut call = Call::new(&input, &endpoint, Scheme::Fc)?.idempotent();
/// let outcome = loop {
///     let (time, nonce) = ("2022-05-11T09:00:00Z".parse()?, "0123456789abcdef".parse()?);
///     let (request, in_flight) = call.start(&signer, time, &nonce)?;
///     match in_flight.finish(send(request)) {
///         Next::Done(done) => break done?,
///         Next::Retry(next, _window) => call = next,
///     }
/// };
/// assert_eq!(outcome.status(), 200);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Call {
    input: InvokeFunctionInput,
    endpoint: Endpoint,
    scheme: Scheme,
    pub(crate) policy: RetryPolicy,
    pub(crate) repetition: Repetition,
    pub(crate) clock: ClockCorrection,
    pub(crate) attempt: u32,
    /// Whether an earlier attempt may have reached the service.
    pub(crate) may_have_arrived: bool,
}

/// `Host` and `Content-Length`.
const WRITTEN_BY_TRANSPORTS: usize = 2;

/// What a second run of the function would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// Nobody knows, so it must not happen.
    Harmful,
    /// No harm, by the caller's word.
    Harmless,
    /// The service refuses a second invocation with the same task id.
    Deduplicated,
}

/// Whether the clock of the service may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockCorrection {
    Unasked,
    Allowed,
    /// It was, and was so many seconds ahead.
    By(i64),
}

impl Call {
    /// The invocation of `input` at `endpoint`, with the default policy.
    ///
    /// # Errors
    ///
    /// `unsupported-scheme` for a revision that is not signed by `scheme`.
    pub fn new(
        input: &InvokeFunctionInput,
        endpoint: &Endpoint,
        scheme: Scheme,
    ) -> Result<Self, InputError> {
        if !input.target().revision().accepts(scheme) {
            return Err(InputError::new(
                InputErrorKind::UnsupportedScheme,
                "signature scheme",
            ));
        }
        let deduplicated = input.invocation_type() == Some(InvocationType::Async)
            && input.stateful_async_invocation_id().is_some();
        Ok(Self {
            input: input.clone(),
            endpoint: endpoint.clone(),
            scheme,
            policy: RetryPolicy::default(),
            repetition: if deduplicated {
                Repetition::Deduplicated
            } else {
                Repetition::Harmful
            },
            clock: ClockCorrection::Unasked,
            attempt: 0,
            may_have_arrived: false,
        })
    }

    /// Another policy.
    #[must_use]
    pub fn policy(self, policy: RetryPolicy) -> Self {
        Self { policy, ..self }
    }

    /// The caller's word that the function does no harm when it runs twice.
    #[must_use]
    pub fn idempotent(self) -> Self {
        let repetition = match self.repetition {
            Repetition::Harmful => Repetition::Harmless,
            known => known,
        };
        Self { repetition, ..self }
    }

    /// Lets a refusal about time be answered, once, with the time in its `Date`, for this call alone.
    ///
    /// Whoever can write to the connection can write that header, and so choose the time for which the next
    /// request is signed. Send over TLS.
    #[must_use]
    pub fn correct_clock(self) -> Self {
        Self {
            clock: ClockCorrection::Allowed,
            ..self
        }
    }

    /// The signed request of the next attempt.
    ///
    /// # Errors
    ///
    /// [`InvokeError::Sign`] when it cannot be signed: the corrected time may be outside the years 1970 to 9999.
    pub fn start(
        mut self,
        signer: &Signer,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<(Request<Bytes>, InFlight), InvokeError> {
        let time = self.corrected(time)?;
        let room = signer.added_headers() + WRITTEN_BY_TRANSPORTS;
        let mut request = (self.input).request_with_room(&self.endpoint, self.scheme, room);
        let additions = signer.sign(&request, time, nonce)?;
        additions.apply(request.headers_mut());
        self.attempt = self.attempt.saturating_add(1);
        Ok((request, InFlight::new(self, time)))
    }

    fn corrected(&self, time: Timestamp) -> Result<Timestamp, SignError> {
        let ClockCorrection::By(ahead) = self.clock else {
            return Ok(time);
        };
        let seconds = i64::try_from(time.unix_seconds()).map_err(|_| SignError::TimeOutOfRange)?;
        Timestamp::try_from(seconds.saturating_add(ahead))
    }
}
