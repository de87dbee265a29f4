//! The builder of a request to an HTTP trigger.

use std::fmt;
use std::str::FromStr as _;

use bytes::Bytes;
use fc_headers::{
    InputError, InputErrorKind, InvocationType, LogType, Quoted, StatefulAsyncInvocationId,
};
use http::uri::PathAndQuery;
use http::{HeaderValue, Method};

use crate::trigger_request::Head;
use crate::{ExtraHeader, Session, TriggerRequest};

/// The builder of a [`TriggerRequest`]; [`build`](Self::build) refuses what cannot be sent.
#[must_use = "`build` makes the request"]
#[derive(Clone)]
pub struct TriggerRequestBuilder {
    head: Head,
    target: String,
    body: Bytes,
}

const TARGET: &str = "path and query";

impl TriggerRequest {
    /// Makes a builder of a request with an empty body. `target` is the path and the query as they are sent, with their
    /// percent escapes, such as `/orders/7?size=2`.
    pub fn builder(method: Method, target: impl Into<String>) -> TriggerRequestBuilder {
        TriggerRequestBuilder {
            head: Head {
                method,
                invocation_type: None,
                log_type: None,
                async_task_id: None,
                session: None,
                content_type: None,
                extra_headers: Vec::new(),
            },
            target: target.into(),
            body: Bytes::new(),
        }
    }
}

impl TriggerRequestBuilder {
    /// Sets the invocation type; the default of the service is `Sync`.
    pub fn invocation_type(mut self, invocation_type: InvocationType) -> Self {
        self.head.invocation_type = Some(invocation_type);
        self
    }

    /// Sets whether the response holds the end of the log.
    pub fn log_type(mut self, log_type: LogType) -> Self {
        self.head.log_type = Some(log_type);
        self
    }

    /// Sets the task id of an asynchronous call, `X-Fc-Async-Task-Id`.
    pub fn async_task_id(mut self, id: StatefulAsyncInvocationId) -> Self {
        self.head.async_task_id = Some(id);
        self
    }

    /// Sets the session that this call belongs to; see [`Session`].
    pub fn session(mut self, session: Session) -> Self {
        self.head.session = Some(session);
        self
    }

    /// Sets the media type of the body; without it no `Content-Type` is sent.
    pub fn content_type(mut self, content_type: HeaderValue) -> Self {
        self.head.content_type = Some(content_type);
        self
    }

    /// Adds a header. The values of a name that is added again become one line.
    ///
    /// A session header of your own has no effect in an asynchronous call: the service has no sessions there.
    pub fn header(mut self, header: ExtraHeader) -> Self {
        header.add_to(&mut self.head.extra_headers);
        self
    }

    /// Sets the body, which is shared and never copied.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Checks the request and makes it.
    ///
    /// # Errors
    ///
    /// - `unknown-value` for a method that is not upper case, or `CONNECT`.
    /// - `forbidden-byte` for a path that does not start with a slash, a fragment, a `%` without two hex digits, or a byte
    ///   that is not visible ASCII.
    /// - `async-log-tail`, `async-only` and `async-session`, as for
    ///   [`InvokeFunctionInput`](crate::InvokeFunctionInput); `reserved-header` for a session header that the library or
    ///   an extra header writes.
    /// - `header-value` for a content type that is not ASCII or that begins or ends with whitespace.
    pub fn build(self) -> Result<TriggerRequest, InputError> {
        let head = self.head;
        let refuse = |kind, field| Err(InputError::new(kind, field));
        let method = head.method.as_str();
        if method == "CONNECT" || !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let detail = format!(
                "expected an upper-case method such as POST, found {}",
                Quoted::new(method)
            );
            return Err(InputError::new(InputErrorKind::UnknownValue, "method").detail(detail));
        }
        let is_async = head.invocation_type == Some(InvocationType::Async);
        if is_async && head.log_type == Some(LogType::Tail) {
            return refuse(InputErrorKind::AsyncLogTail, "log type");
        }
        if !is_async && head.async_task_id.is_some() {
            return refuse(InputErrorKind::AsyncOnly, "async task id");
        }
        head.check_session()?;
        let content_type = head
            .content_type
            .as_ref()
            .map_or(&b""[..], HeaderValue::as_bytes);
        if content_type.trim_ascii() != content_type || !content_type.is_ascii() {
            return refuse(InputErrorKind::HeaderValue, "content type");
        }
        let target = parse_target(&self.target)?;
        Ok(TriggerRequest {
            head,
            target,
            body: self.body,
        })
    }
}

/// Parses a target that is sent as it is written. The message does not quote it, because a query may hold a secret.
fn parse_target(text: &str) -> Result<PathAndQuery, InputError> {
    let refuse = || {
        let error = InputError::new(InputErrorKind::ForbiddenByte, TARGET);
        error.detail("expected a path such as /orders?id=7 of visible ASCII, with complete percent escapes and without a fragment")
    };
    let escapes = text.split('%').skip(1);
    let complete = escapes.into_iter().all(|piece| {
        let digits = piece.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let visible = text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'#');
    if !complete || !visible || !text.starts_with('/') {
        return Err(refuse());
    }
    PathAndQuery::from_str(text).map_err(|_| refuse())
}

impl fmt::Debug for TriggerRequestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head.debug("TriggerRequestBuilder", self.body.len(), f)
    }
}
