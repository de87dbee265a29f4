//! The error of an invocation or of another operation.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use fc_headers::{ErrorType, InputError};
use fc_response::{Failure, ResponseError, StackTrace};
use fc_sign::{ProviderError, SignError};
use fc_transport::{TransportError, TransportErrorKind};
use http::StatusCode;

use crate::{ClockSkew, DeadlinePhase};

/// The error of an invocation: the reason that it has no outcome, or a failed outcome.
///
/// The clients return the first; a refusal by the service is an [`Outcome`](fc_response::Outcome).
/// [`into_result`](fc_response::Outcome::into_result) and `?` convert a failed outcome into this error too, so that
/// one error type covers everything:
///
/// ```no_run
/// use fc_invoke::{BlockingClient, InvokeError, InvokeFunctionInput};
///
/// # use fc_transport::BlockingTransport;
/// fn charge(client: &BlockingClient<impl BlockingTransport>, input: &InvokeFunctionInput) -> Result<(), InvokeError> {
///     let success = client.invoke(input)?.into_result()?;
///     println!("{} bytes", success.payload().len());
///     Ok(())
/// }
///
/// # fn example(client: &BlockingClient<impl BlockingTransport>, input: &InvokeFunctionInput) {
/// if let Err(error) = charge(client, input) {
///     eprintln!("{error} (request id {:?})", error.request_id());
///     if error.is_retryable() {
///         // The function did not run, and a later attempt may succeed.
///     } else if error.may_have_run() {
///         // Find out what the function did before you call it again.
///     }
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct InvokeError {
    kind: InvokeErrorKind,
    earlier_attempt_may_have_run: bool,
    /// Whether the operation runs a function.
    runs_function: bool,
}

/// The reason of an [`InvokeError`], with the error that caused it.
#[non_exhaustive]
#[derive(Debug)]
pub enum InvokeErrorKind {
    /// The client cannot send this input. Nothing was sent.
    Input(InputError),
    /// The provider returned no credentials. This attempt was not sent.
    Credentials(ProviderError),
    /// The request could not be signed. This attempt was not sent.
    Sign(SignError),
    /// There was no complete response; the kind shows whether the function may have run.
    Transport(TransportError),
    /// The response has a status that the operation does not define, or does not come from the service. The error
    /// holds the response.
    Response(ResponseError),
    /// The service refused the request because of its time; the error holds both times.
    ClockSkew(Box<ClockSkew>),
    /// The function failed, or the service refused the request; from
    /// [`into_result`](fc_response::Outcome::into_result), or from an operation whose refusal is an error.
    Failed(Failure),
    /// The deadline of the invocation passed; the error says in which phase.
    Deadline(DeadlineExceeded),
}

impl InvokeError {
    fn new(kind: InvokeErrorKind) -> Self {
        Self {
            kind,
            earlier_attempt_may_have_run: false,
            runs_function: true,
        }
    }

    /// Records that the operation runs no function.
    pub(crate) fn without_function(self) -> Self {
        Self {
            runs_function: false,
            ..self
        }
    }

    /// Records whether an earlier attempt of the same invocation may have run the function.
    pub(crate) fn after(self, earlier_attempt_may_have_run: bool) -> Self {
        Self {
            earlier_attempt_may_have_run: self.earlier_attempt_may_have_run
                || earlier_attempt_may_have_run,
            ..self
        }
    }

    /// The reason.
    pub fn kind(&self) -> &InvokeErrorKind {
        &self.kind
    }

    /// Converts this into the reason.
    pub fn into_kind(self) -> InvokeErrorKind {
        self.kind
    }

    /// The status of the response, if there is one; after a deadline, that of the last failed attempt.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.kind {
            InvokeErrorKind::Response(error) => Some(error.status()),
            InvokeErrorKind::ClockSkew(skew) => Some(skew.refusal().status()),
            InvokeErrorKind::Failed(failure) => Some(failure.status()),
            InvokeErrorKind::Deadline(error) => error.last_failure()?.status(),
            _ => None,
        }
    }

    /// The error code of the service, if it refused the request.
    pub fn code(&self) -> Option<&str> {
        match &self.kind {
            InvokeErrorKind::ClockSkew(skew) => skew.refusal().code(),
            InvokeErrorKind::Failed(failure) => failure.code(),
            InvokeErrorKind::Deadline(error) => error.last_failure()?.code(),
            _ => None,
        }
    }

    /// The request id, from the header or the body of the response.
    pub fn request_id(&self) -> Option<&str> {
        match &self.kind {
            InvokeErrorKind::Response(error) => error.request_id(),
            InvokeErrorKind::ClockSkew(skew) => skew.refusal().request_id(),
            InvokeErrorKind::Failed(failure) => failure.request_id(),
            InvokeErrorKind::Deadline(error) => error.last_failure()?.request_id(),
            _ => None,
        }
    }

    /// The error type, if the function failed.
    pub fn error_type(&self) -> Option<ErrorType<'_>> {
        match &self.kind {
            InvokeErrorKind::Failed(failure) => failure.error_type(),
            _ => None,
        }
    }

    /// The stack trace, if the function failed and returned one.
    pub fn stack_trace(&self) -> Option<StackTrace> {
        match &self.kind {
            InvokeErrorKind::Failed(failure) => failure.stack_trace(),
            _ => None,
        }
    }

    /// Whether the function may have run, in this or an earlier attempt of the invocation; never for an operation that
    /// runs no function, such as `GetAsyncTask`.
    pub fn may_have_run(&self) -> bool {
        self.runs_function && self.attempt_may_have_run()
    }

    fn attempt_may_have_run(&self) -> bool {
        self.earlier_attempt_may_have_run
            || match &self.kind {
                InvokeErrorKind::Input(_)
                | InvokeErrorKind::Credentials(_)
                | InvokeErrorKind::Sign(_) => false,
                InvokeErrorKind::Transport(error) => error.kind().may_have_been_sent(),
                InvokeErrorKind::Response(_) => true,
                InvokeErrorKind::ClockSkew(skew) => skew.refusal().may_have_run(),
                InvokeErrorKind::Failed(failure) => failure.may_have_run(),
                InvokeErrorKind::Deadline(error) => error.phase() == DeadlinePhase::Attempt,
            }
    }

    /// Whether the same invocation can be sent again: it may succeed later, and the function did not run.
    ///
    /// That is an attempt without a connection, a request that the service throttled, and a deadline that passed
    /// outside of an attempt. After another error that
    /// [`may_have_run`](Self::may_have_run), a retry is safe only if a second run does no harm.
    ///
    /// For an operation that runs no function it is also a lost connection, a time limit and any 5xx.
    pub fn is_retryable(&self) -> bool {
        if !self.runs_function {
            return self.is_temporary();
        }
        !self.may_have_run()
            && match &self.kind {
                InvokeErrorKind::Transport(error) => error.kind() == TransportErrorKind::Connect,
                InvokeErrorKind::Failed(failure) => failure.is_retryable(),
                InvokeErrorKind::Deadline(_) => true,
                _ => false,
            }
    }

    /// Whether another task has the task id of the invocation (409). That task goes on.
    ///
    /// The code is `StatefulAsyncInvocationAlreadyExists` in FC 2.0. No source prints that of revision 2023-03-30, and
    /// the manual names no other 409 of an invocation, so that any code counts except `ConcurrentUpdateError`.
    pub fn is_task_id_taken(&self) -> bool {
        let InvokeErrorKind::Failed(Failure::Service(error)) = &self.kind else {
            return false;
        };
        self.runs_function
            && error.status() == StatusCode::CONFLICT
            && error.code() != Some("ConcurrentUpdateError")
    }

    /// Whether the service has no task with this id; see
    /// [`ServiceError::is_task_not_found`](fc_response::ServiceError::is_task_not_found).
    pub fn is_task_not_found(&self) -> bool {
        match &self.kind {
            InvokeErrorKind::Failed(Failure::Service(error)) => error.is_task_not_found(),
            _ => false,
        }
    }

    /// Whether the same request may succeed later.
    fn is_temporary(&self) -> bool {
        match &self.kind {
            InvokeErrorKind::Transport(error) => matches!(
                error.kind(),
                TransportErrorKind::Connect
                    | TransportErrorKind::Interrupted
                    | TransportErrorKind::Timeout
            ),
            InvokeErrorKind::Failed(Failure::Service(error)) => {
                error.is_throttled() || error.status().is_server_error()
            }
            InvokeErrorKind::Deadline(_) => true,
            _ => false,
        }
    }
}

impl fmt::Display for InvokeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            InvokeErrorKind::Input(error) => write!(f, "input: {error}"),
            InvokeErrorKind::Credentials(error) => write!(f, "{error}"),
            InvokeErrorKind::Sign(error) => write!(f, "sign: {error}"),
            InvokeErrorKind::Transport(error) => write!(f, "transport: {error}"),
            InvokeErrorKind::Response(error) => write!(f, "response: {error}"),
            InvokeErrorKind::ClockSkew(skew) => write!(f, "clock-skew: {skew}"),
            InvokeErrorKind::Failed(failure) => write!(f, "{failure}"),
            InvokeErrorKind::Deadline(error) => write!(f, "deadline: {error}"),
        }
    }
}

impl Error for InvokeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.kind {
            InvokeErrorKind::Input(error) => error.source(),
            InvokeErrorKind::Credentials(error) => error.source(),
            InvokeErrorKind::Sign(error) => error.source(),
            InvokeErrorKind::Transport(error) => error.source(),
            InvokeErrorKind::Response(error) => error.source(),
            InvokeErrorKind::ClockSkew(skew) => Some(skew.refusal()),
            InvokeErrorKind::Failed(failure) => failure.source(),
            InvokeErrorKind::Deadline(error) => error.source(),
        }
    }
}

macro_rules! from {
    ($($error:ty => $kind:ident),* $(,)?) => {$(
        impl From<$error> for InvokeError {
            fn from(error: $error) -> Self {
                Self::new(InvokeErrorKind::$kind(error))
            }
        }
    )*};
}

from! {
    InputError => Input,
    ProviderError => Credentials,
    SignError => Sign,
    TransportError => Transport,
    ResponseError => Response,
    Box<ClockSkew> => ClockSkew,
    Failure => Failed,
    DeadlineExceeded => Deadline,
}

/// The deadline of an invocation passed before there was an outcome.
///
/// The message says in which phase the time ran out. The source is the failure of the last attempt, if one failed.
#[derive(Debug)]
pub struct DeadlineExceeded {
    phase: DeadlinePhase,
    attempts: u32,
    last_failure: Option<Arc<InvokeError>>,
}

impl DeadlineExceeded {
    pub(crate) fn new(
        phase: DeadlinePhase,
        attempts: u32,
        last_failure: Option<Arc<InvokeError>>,
    ) -> Self {
        Self {
            phase,
            attempts,
            last_failure,
        }
    }

    /// The phase in which the time ran out.
    pub fn phase(&self) -> DeadlinePhase {
        self.phase
    }

    /// The number of attempts that were started.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The failure of the last attempt that ended: an error, or a refusal that would have been retried.
    pub fn last_failure(&self) -> Option<&InvokeError> {
        self.last_failure.as_deref()
    }
}

impl fmt::Display for DeadlineExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (attempts, next) = (self.attempts, self.attempts.saturating_add(1));
        let written = match self.phase {
            DeadlinePhase::Credentials => write!(
                f,
                "the time ran out while the credentials for attempt {next} were loaded"
            ),
            DeadlinePhase::Attempt => write!(f, "the time ran out during attempt {attempts}"),
            DeadlinePhase::Backoff => write!(
                f,
                "the time left is shorter than the wait before attempt {next}"
            ),
        };
        written?;
        match &self.last_failure {
            Some(failure) => write!(f, "; the last failure: {failure}"),
            None => Ok(()),
        }
    }
}

impl Error for DeadlineExceeded {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let failure = self.last_failure.as_deref()?;
        Some(failure)
    }
}
