//! Setting the input, piece by piece.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use fc_headers::{
    AccountId, AsyncDelay, InputError, InputErrorKind, InvocationType, LogType,
    StatefulAsyncInvocationEnable, StatefulAsyncInvocationId, TraceId,
};
use http::HeaderValue;

use crate::input::Settings;
use crate::{ExtraHeader, InvokeFunctionInput, Revision};

/// Sets the input of an invocation piece by piece; [`build`](Self::build) checks what two pieces
/// must not say together.
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
#[must_use = "an input is made by `build`"]
#[derive(Clone)]
pub struct InvokeFunctionInputBuilder {
    settings: Settings,
    payload: Bytes,
}

const MAX_EXTRA_HEADERS: usize = 128;

impl InvokeFunctionInputBuilder {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            payload: Bytes::new(),
        }
    }

    /// Synchronous or asynchronous; the service's default is `Sync`.
    pub fn invocation_type(mut self, invocation_type: InvocationType) -> Self {
        self.settings.invocation_type = Some(invocation_type);
        self
    }

    /// Whether the reply brings the last 4 KB of the log; the service's default is `None`.
    pub fn log_type(mut self, log_type: LogType) -> Self {
        self.settings.log_type = Some(log_type);
        self
    }

    /// The task id of an asynchronous invocation; a second use is answered 409. On 2023-03-30 it
    /// travels as `X-Fc-Async-Task-Id`.
    pub fn stateful_async_invocation_id(mut self, id: StatefulAsyncInvocationId) -> Self {
        self.settings.stateful_async_invocation_id = Some(id);
        self
    }

    /// Whether this asynchronous invocation is a task; not known to 2023-03-30.
    pub fn stateful_async_invocation_enable(
        mut self,
        enable: StatefulAsyncInvocationEnable,
    ) -> Self {
        self.settings.stateful_async_invocation_enable = Some(enable);
        self
    }

    /// How long the service waits before it starts an asynchronous invocation.
    pub fn async_delay(mut self, delay: AsyncDelay) -> Self {
        self.settings.async_delay = Some(delay);
        self
    }

    /// The account that the request is for, where the host does not say it.
    pub fn account_id(mut self, account_id: AccountId) -> Self {
        self.settings.account_id = Some(account_id);
        self
    }

    /// A text that the service takes as the request id.
    pub fn trace_id(mut self, trace_id: TraceId) -> Self {
        self.settings.trace_id = Some(trace_id);
        self
    }

    /// The media type of the payload; `application/octet-stream` where it is not set. It is signed.
    pub fn content_type(mut self, content_type: HeaderValue) -> Self {
        self.settings.content_type = content_type;
        self
    }

    /// Sends and signs a `Content-MD5`, the only thing that ties the payload to an `FC` signature.
    ///
    /// It hashes the whole payload when the request is made: about 2 ms for 1 MiB, several times the
    /// cost of sending it. No source says that the service compares it.
    pub fn content_md5(mut self) -> Self {
        self.settings.content_md5 = true;
        self
    }

    /// Adds a header of the caller's own; one of the same name before it is replaced.
    pub fn header(mut self, header: ExtraHeader) -> Self {
        self.settings
            .headers
            .retain(|other| other.name() != header.name());
        self.settings.headers.push(header);
        self
    }

    /// The event for the function, byte for byte; it is shared and never copied.
    pub fn payload(mut self, payload: impl Into<Bytes>) -> Self {
        self.payload = payload.into();
        self
    }

    /// The checked input.
    ///
    /// # Errors
    ///
    /// `async-log-tail` for an asynchronous invocation with its log tail, which the service answers
    /// with 400; `not-in-revision` for a setting that the revision has no header for; `header-value`
    /// for a content type that is padded or not ASCII; `too-many-headers` beyond 128 of the caller's.
    pub fn build(self) -> Result<InvokeFunctionInput, InputError> {
        let mut input = self.settings;
        let refuse = |kind, field| Err(InputError::new(kind, field));
        if input.invocation_type == Some(InvocationType::Async)
            && input.log_type == Some(LogType::Tail)
        {
            return refuse(InputErrorKind::AsyncLogTail, "log type");
        }
        let no_enable = input.target.revision() == Revision::V2023_03_30;
        if no_enable && input.stateful_async_invocation_enable.is_some() {
            return refuse(
                InputErrorKind::NotInRevision,
                "stateful async invocation enable",
            );
        }
        let content_type = input.content_type.as_bytes();
        if content_type.trim_ascii() != content_type || !content_type.is_ascii() {
            return refuse(InputErrorKind::HeaderValue, "content type");
        }
        if input.headers.len() > MAX_EXTRA_HEADERS {
            return refuse(InputErrorKind::TooManyHeaders, "extra headers");
        }
        input.lines = input.lines();
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
