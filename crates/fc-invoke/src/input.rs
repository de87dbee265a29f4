//! The typed input of the operation.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use fc_headers::{
    AccountId, AsyncDelay, InvocationType, LogType, StatefulAsyncInvocationEnable,
    StatefulAsyncInvocationId, TraceId,
};
use http::{HeaderName, HeaderValue};

use crate::{ExtraHeader, InvokeFunctionInputBuilder, Target};

/// Everything that a caller can set for one invocation, checked: making a request of it cannot fail.
///
/// What is not set sends no header, so that the service's defaults hold. See
/// [`builder`](Self::builder).
///
/// All but the payload is prepared when the input is built, and shared between clones. So whoever invokes a
/// function often builds one input and takes [`with_payload`](Self::with_payload) of it for each event.
#[derive(Clone)]
pub struct InvokeFunctionInput {
    pub(crate) settings: Arc<Settings>,
    pub(crate) payload: Bytes,
}

/// All of an input but its payload.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) target: Target,
    pub(crate) invocation_type: Option<InvocationType>,
    pub(crate) log_type: Option<LogType>,
    pub(crate) stateful_async_invocation_id: Option<StatefulAsyncInvocationId>,
    pub(crate) stateful_async_invocation_enable: Option<StatefulAsyncInvocationEnable>,
    pub(crate) async_delay: Option<AsyncDelay>,
    pub(crate) account_id: Option<AccountId>,
    pub(crate) trace_id: Option<TraceId>,
    pub(crate) content_type: HeaderValue,
    pub(crate) content_md5: bool,
    pub(crate) headers: Vec<ExtraHeader>,
    /// What of all this is sent as a header, written when the input is built.
    pub(crate) lines: Vec<(HeaderName, HeaderValue)>,
}

impl InvokeFunctionInput {
    /// An invocation of `target` with nothing set and an empty payload.
    pub fn builder(target: Target) -> InvokeFunctionInputBuilder {
        InvokeFunctionInputBuilder::new(Settings {
            target,
            invocation_type: None,
            log_type: None,
            stateful_async_invocation_id: None,
            stateful_async_invocation_enable: None,
            async_delay: None,
            account_id: None,
            trace_id: None,
            content_type: HeaderValue::from_static("application/octet-stream"),
            content_md5: false,
            headers: Vec::new(),
            lines: Vec::new(),
        })
    }

    /// The same invocation with another event; nothing is checked or copied.
    ///
    /// ```
    /// use fc_invoke::{InvokeFunctionInput, Target};
    ///
    /// let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
    /// let prepared = InvokeFunctionInput::builder(target).build()?;
    /// for event in ["first", "second"] {
    ///     let input = prepared.with_payload(event);
    ///     assert_eq!(input.payload(), event);
    /// }
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    #[must_use]
    pub fn with_payload(&self, payload: impl Into<Bytes>) -> Self {
        Self {
            settings: Arc::clone(&self.settings),
            payload: payload.into(),
        }
    }

    /// Which function is invoked.
    pub fn target(&self) -> &Target {
        &self.settings.target
    }

    /// Synchronous or asynchronous, where the caller said so.
    pub fn invocation_type(&self) -> Option<InvocationType> {
        self.settings.invocation_type
    }

    /// The task id, where the caller chose one.
    pub fn stateful_async_invocation_id(&self) -> Option<&StatefulAsyncInvocationId> {
        self.settings.stateful_async_invocation_id.as_ref()
    }

    /// The event for the function.
    pub fn payload(&self) -> &Bytes {
        &self.payload
    }
}

impl fmt::Debug for InvokeFunctionInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.debug("InvokeFunctionInput", &self.payload, f)
    }
}

impl Settings {
    /// The payload is the caller's data and shows its length only.
    pub(crate) fn debug(
        &self,
        name: &str,
        payload: &Bytes,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        f.debug_struct(name)
            .field("target", &self.target)
            .field("invocation_type", &self.invocation_type)
            .field("log_type", &self.log_type)
            .field(
                "stateful_async_invocation_id",
                &self.stateful_async_invocation_id,
            )
            .field("trace_id", &self.trace_id)
            .field("headers", &self.headers)
            .field("payload_len", &payload.len())
            .finish_non_exhaustive()
    }
}
