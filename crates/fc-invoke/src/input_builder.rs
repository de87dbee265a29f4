//! The builder of an input.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use fc_headers::{
    AccountId, AsyncDelay, InputError, InputErrorKind, InvocationType, LogType,
    StatefulAsyncInvocationEnable, StatefulAsyncInvocationId, TraceId,
};
use http::HeaderValue;

use crate::input::Settings;
use crate::{ExtraHeader, InvokeFunctionInput, Revision, Session, Target};

/// The builder of an [`InvokeFunctionInput`]; [`build`](Self::build) refuses settings that contradict each other.
///
/// ```
/// use fc_headers::{InvocationType, LogType};
/// use fc_invoke::{InvokeFunctionInput, Target};
///
/// let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
/// let both = InvokeFunctionInput::builder(target)
///     .invocation_type(InvocationType::Async)
///     .log_type(LogType::Tail)
///     .build();
/// assert!(both.unwrap_err().to_string().starts_with("async-log-tail"));
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[must_use = "`build` makes the input"]
#[derive(Clone)]
pub struct InvokeFunctionInputBuilder {
    settings: Settings,
    payload: Bytes,
}

const MAX_EXTRA_HEADERS: usize = 128;

impl InvokeFunctionInput {
    /// Makes a builder for an invocation of `target` with default settings and an empty payload.
    pub fn builder(target: Target) -> InvokeFunctionInputBuilder {
        let settings = Settings {
            target,
            invocation_type: None,
            log_type: None,
            stateful_async_invocation_id: None,
            stateful_async_invocation_enable: None,
            async_delay: None,
            account_id: None,
            trace_id: None,
            session: None,
            content_type: HeaderValue::from_static("application/octet-stream"),
            content_md5: false,
            extra_headers: Vec::new(),
            header_lines: Vec::new(),
        };
        InvokeFunctionInputBuilder {
            settings,
            payload: Bytes::new(),
        }
    }

    /// Makes the same input in a session, for the next request of a conversation. The payload is shared.
    ///
    /// # Errors
    ///
    /// The errors of [`build`](InvokeFunctionInputBuilder::build) about sessions.
    pub fn with_session(&self, session: &Session) -> Result<Self, InputError> {
        let mut settings = (*self.settings).clone();
        settings.session = Some(session.clone());
        settings.check_session()?;
        settings.header_lines = settings.header_lines();
        Ok(Self {
            settings: Arc::new(settings),
            payload: self.payload.clone(),
        })
    }
}

impl Settings {
    /// Refuses a session that this invocation cannot have.
    fn check_session(&self) -> Result<(), InputError> {
        let Some(session) = &self.session else {
            return Ok(());
        };
        let refuse = |kind| Err(InputError::new(kind, "session"));
        if self.invocation_type == Some(InvocationType::Async) {
            return refuse(InputErrorKind::AsyncSession);
        }
        if session.needs_trigger() {
            return refuse(InputErrorKind::TriggerOnly);
        }
        session.check(&self.extra_headers)
    }
}

impl InvokeFunctionInputBuilder {
    /// Sets the invocation type; the default of the service is `Sync`.
    pub fn invocation_type(mut self, invocation_type: InvocationType) -> Self {
        self.settings.invocation_type = Some(invocation_type);
        self
    }

    /// Sets whether the response holds the last 4 KB of the log; the default of the service is `None`.
    pub fn log_type(mut self, log_type: LogType) -> Self {
        self.settings.log_type = Some(log_type);
        self
    }

    /// Sets the task id of an asynchronous invocation. It does not begin with a digit, as many UUIDs do: put a letter
    /// before it.
    ///
    /// The service answers a second use with 409. Revision 2023-03-30 sends it as `X-Fc-Async-Task-Id`.
    pub fn stateful_async_invocation_id(mut self, id: StatefulAsyncInvocationId) -> Self {
        self.settings.stateful_async_invocation_id = Some(id);
        self
    }

    /// Sets whether this asynchronous invocation is a task; revision 2023-03-30 has no such setting.
    pub fn stateful_async_invocation_enable(
        mut self,
        enable: StatefulAsyncInvocationEnable,
    ) -> Self {
        self.settings.stateful_async_invocation_enable = Some(enable);
        self
    }

    /// Sets how long the service waits before it starts an asynchronous invocation.
    pub fn async_delay(mut self, delay: AsyncDelay) -> Self {
        self.settings.async_delay = Some(delay);
        self
    }

    /// Sets the account of the function, for an endpoint whose host does not contain it.
    pub fn account_id(mut self, account_id: AccountId) -> Self {
        self.settings.account_id = Some(account_id);
        self
    }

    /// Sets the trace id, which the service uses as the request id.
    pub fn trace_id(mut self, trace_id: TraceId) -> Self {
        self.settings.trace_id = Some(trace_id);
        self
    }

    /// Sets the media type of the payload, which is signed; the default is `application/octet-stream`.
    pub fn content_type(mut self, content_type: HeaderValue) -> Self {
        self.settings.content_type = content_type;
        self
    }

    /// Sends and signs a `Content-MD5`, the only header that binds the payload to an `FC` signature.
    ///
    /// Making the request hashes the whole payload: about 2 ms for 1 MiB, several times the cost of sending it.
    /// No source reports that the service compares the value.
    pub fn content_md5(mut self) -> Self {
        self.settings.content_md5 = true;
        self
    }

    /// Sets the session that this invocation belongs to; see [`Session`].
    pub fn session(mut self, session: Session) -> Self {
        self.settings.session = Some(session);
        self
    }

    /// Adds a header.
    ///
    /// The values of a name that is added again become one line, separated by commas, which every recipient reads
    /// as the same list (RFC 9110, section 5.3), those of `Cookie` by semicolons. No value is lost.
    ///
    /// A session header of your own is sent and signed in an asynchronous invocation too, but it has no effect: the service
    /// has no sessions there. The typed [`session`](Self::session) is refused in that case.
    pub fn header(mut self, header: ExtraHeader) -> Self {
        header.add_to(&mut self.settings.extra_headers);
        self
    }

    /// Sets the payload: the event for the function, which is shared and never copied.
    pub fn payload(mut self, payload: impl Into<Bytes>) -> Self {
        self.payload = payload.into();
        self
    }

    /// Checks the settings and makes the input.
    ///
    /// # Errors
    ///
    /// - `async-log-tail` for an asynchronous invocation with a log tail, which the service answers with 400.
    /// - `async-only` for a task id or a delay without the invocation type `Async`: a task id alone does not make an
    ///   invocation asynchronous, and the manual describes both for asynchronous invocations only.
    /// - `not-in-revision` for a setting that the revision does not have.
    /// - `async-session` for a session of an asynchronous invocation, which the manual excludes; `trigger-only` for a
    ///   session of MCP; `reserved-header` for a session header that the library or an extra header writes.
    /// - `header-value` for a content type that is not ASCII or that begins or ends with whitespace.
    /// - `too-many-headers` for more than 128 extra headers.
    pub fn build(self) -> Result<InvokeFunctionInput, InputError> {
        let mut input = self.settings;
        let refuse = |kind, field| Err(InputError::new(kind, field));
        if input.invocation_type == Some(InvocationType::Async)
            && input.log_type == Some(LogType::Tail)
        {
            return refuse(InputErrorKind::AsyncLogTail, "log type");
        }
        if input.invocation_type != Some(InvocationType::Async) {
            if input.stateful_async_invocation_id.is_some() {
                return refuse(InputErrorKind::AsyncOnly, "stateful async invocation id");
            }
            if input.async_delay.is_some() {
                return refuse(InputErrorKind::AsyncOnly, "async delay");
            }
        }
        let no_enable = input.target.revision() == Revision::V2023_03_30;
        if no_enable && input.stateful_async_invocation_enable.is_some() {
            return refuse(
                InputErrorKind::NotInRevision,
                "stateful async invocation enable",
            );
        }
        input.check_session()?;
        let content_type = input.content_type.as_bytes();
        if content_type.trim_ascii() != content_type || !content_type.is_ascii() {
            return refuse(InputErrorKind::HeaderValue, "content type");
        }
        if input.extra_headers.len() > MAX_EXTRA_HEADERS {
            return refuse(InputErrorKind::TooManyHeaders, "extra headers");
        }
        input.header_lines = input.header_lines();
        Ok(InvokeFunctionInput {
            settings: Arc::new(input),
            payload: self.payload,
        })
    }
}

impl fmt::Debug for InvokeFunctionInputBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings
            .debug("InvokeFunctionInputBuilder", &self.payload, f)
    }
}
