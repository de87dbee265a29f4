//! A request to an HTTP trigger.

use std::fmt;

use bytes::Bytes;
use fc_headers::{
    AsyncTaskId, Header, InputError, InputErrorKind, InvocationType, LogType,
    StatefulAsyncInvocationId,
};
use http::header::CONTENT_TYPE;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method, Request};

use crate::{Endpoint, ExtraHeader, Session, request_parts};

/// A checked request to an HTTP trigger or a custom domain; making the HTTP request from it cannot fail.
///
/// Any method, path, query, headers and body. The trigger lists the methods that it allows. The manual's limits are 8 KB
/// for the headers and 4 KB for the path with the query; the service answers more with 400
/// ([`HeadLimits`](crate::HeadLimits) checks both). It does not pass `Connection`,
/// `Keep-Alive` and headers that begin with `X-Fc-` to the function, except those with a setter here. Source: manual page
/// "HTTP trigger overview" of FC 3.0.
///
/// ```
/// use fc_invoke::{Endpoint, ExtraHeader, TriggerRequest};
/// use http::Method;
///
/// let endpoint: Endpoint = "https://demo-abc.cn-hangzhou.fcapp.run".parse()?;
/// let request = TriggerRequest::builder(Method::PUT, "/orders/7?notify=true")
///     .content_type("application/json".parse()?)
///     .header(ExtraHeader::try_from(("Accept", "application/json"))?)
///     .body(r#"{"state":"paid"}"#)
///     .build()?;
/// let request = request.to_request(&endpoint);
/// assert_eq!(request.uri(), "https://demo-abc.cn-hangzhou.fcapp.run/orders/7?notify=true");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TriggerRequest {
    pub(crate) head: Head,
    pub(crate) target: PathAndQuery,
    pub(crate) body: Bytes,
}

#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) method: Method,
    pub(crate) invocation_type: Option<InvocationType>,
    pub(crate) log_type: Option<LogType>,
    pub(crate) async_task_id: Option<StatefulAsyncInvocationId>,
    pub(crate) session: Option<Session>,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) extra_headers: Vec<ExtraHeader>,
}

impl TriggerRequest {
    /// Makes the same request with another body, without a copy of it.
    #[must_use]
    pub fn with_body(&self, body: impl Into<Bytes>) -> Self {
        Self {
            body: body.into(),
            ..self.clone()
        }
    }

    /// Makes the same request in a session, for the next request of a conversation.
    ///
    /// # Errors
    ///
    /// The errors of [`build`](crate::TriggerRequestBuilder::build) about sessions.
    pub fn with_session(&self, session: &Session) -> Result<Self, InputError> {
        let mut request = self.clone();
        request.head.session = Some(session.clone());
        request.head.check_session()?;
        Ok(request)
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.head.method
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Makes the HTTP request, without authentication. The HTTP client adds `Host` and `Content-Length`.
    pub fn to_request(&self, endpoint: &Endpoint) -> Request<Bytes> {
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.head.method.clone();
        *request.uri_mut() = request_parts::uri(endpoint, self.target.clone());
        *request.headers_mut() = self.head.headers();
        request
    }
}

impl Head {
    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(content_type) = &self.content_type {
            headers.insert(CONTENT_TYPE, content_type.clone());
        }
        insert(&mut headers, self.invocation_type.as_ref());
        insert(&mut headers, self.log_type.as_ref());
        let task_id = self.async_task_id.clone().map(AsyncTaskId::from);
        insert(&mut headers, task_id.as_ref());
        for header in &self.extra_headers {
            headers.insert(header.name(), header.value().clone());
        }
        if let Some(session) = &self.session {
            session.insert_into(&mut headers);
        }
        headers
    }

    pub(crate) fn check_session(&self) -> Result<(), InputError> {
        let Some(session) = &self.session else {
            return Ok(());
        };
        if self.invocation_type == Some(InvocationType::Async) {
            return Err(InputError::new(InputErrorKind::AsyncSession, "session"));
        }
        session.check(&self.extra_headers)
    }
}

fn insert<'a, H: Header<'a>>(headers: &mut HeaderMap, header: Option<&H>) {
    if let Some(header) = header {
        header.insert_into(headers);
    }
}

impl fmt::Debug for TriggerRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head.debug("TriggerRequest", self.body.len(), f)
    }
}

impl Head {
    /// Shows neither the target nor the body, because both may hold data of the caller.
    pub(crate) fn debug(
        &self,
        name: &str,
        body_len: usize,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        f.debug_struct(name)
            .field("method", &self.method)
            .field("invocation_type", &self.invocation_type)
            .field("extra_headers", &self.extra_headers)
            .field("session", &self.session)
            .field("body_len", &body_len)
            .finish_non_exhaustive()
    }
}
