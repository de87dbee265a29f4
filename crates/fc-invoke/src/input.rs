//! The typed input of the operation.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use fc_headers::{
    AccountId, AsyncDelay, InvocationType, LogType, StatefulAsyncInvocationEnable,
    StatefulAsyncInvocationId, TraceId,
};
use http::{HeaderName, HeaderValue};

use crate::{ExtraHeader, Session, Target};

/// The checked input of one invocation; making a request from it cannot fail.
///
/// A setting that is not set sends no header, so the default of the service applies. See
/// [`builder`](Self::builder).
///
/// Everything except the payload is prepared when the input is built, and clones share it. To invoke a function
/// often, build one input and call [`with_payload`](Self::with_payload) for each event.
#[derive(Clone)]
pub struct InvokeFunctionInput {
    pub(crate) settings: Arc<Settings>,
    pub(crate) payload: Bytes,
}

/// An input without its payload.
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
    pub(crate) session: Option<Session>,
    pub(crate) content_type: HeaderValue,
    pub(crate) content_md5: bool,
    pub(crate) extra_headers: Vec<ExtraHeader>,
    /// The headers that these settings send, written when the input is built.
    pub(crate) header_lines: Vec<(HeaderName, HeaderValue)>,
}

impl InvokeFunctionInput {
    /// Makes the same input with another payload, without a check or a copy.
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

    /// The function to invoke.
    pub fn target(&self) -> &Target {
        &self.settings.target
    }

    /// The invocation type, if it is set.
    pub fn invocation_type(&self) -> Option<InvocationType> {
        self.settings.invocation_type
    }

    /// The task id, if it is set.
    pub fn stateful_async_invocation_id(&self) -> Option<&StatefulAsyncInvocationId> {
        self.settings.stateful_async_invocation_id.as_ref()
    }

    /// The session, if it is set.
    pub fn session(&self) -> Option<&Session> {
        self.settings.session.as_ref()
    }

    /// The payload: the event for the function.
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
    /// Shows only the length of the payload, because it is the data of the caller.
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
            .field("session", &self.session)
            .field("extra_headers", &self.extra_headers)
            .field("payload_len", &payload.len())
            .finish_non_exhaustive()
    }
}
