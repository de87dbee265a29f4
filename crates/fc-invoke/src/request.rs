//! The request of an input.

use bytes::Bytes;
use fc_headers::{AsyncTaskId, Header};
use http::header::CONTENT_TYPE;
use http::uri::{Parts, PathAndQuery};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use crate::content_md5::{self, CONTENT_MD5};
use crate::{Endpoint, InvokeFunctionInput, Revision, Scheme};

const ACTION: HeaderName = HeaderName::from_static("x-acs-action");
const VERSION: HeaderName = HeaderName::from_static("x-acs-version");
/// Room for what an invocation usually carries, what the signing adds included.
const USUAL_HEADERS: usize = 10;

impl InvokeFunctionInput {
    /// The unsigned request: method, absolute URI, headers, payload.
    ///
    /// It is complete but for what the signing adds and for `Host` and `Content-Length`, which HTTP
    /// clients write. For ACS3 it names the operation (`x-acs-action`, `x-acs-version`). Revision
    /// 2023-03-30 is served under ACS3 alone; [`Revision::accepts`] tells.
    ///
    /// The payload is shared and not copied. A request may be made once and signed for each attempt.
    pub fn to_request(&self, endpoint: &Endpoint, scheme: Scheme) -> Request<Bytes> {
        let mut request = Request::new(self.payload.clone());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.uri(endpoint);
        *request.headers_mut() = self.headers(scheme);
        request
    }

    #[expect(
        clippy::expect_used,
        reason = "every name in the path is of a checked alphabet"
    )]
    fn uri(&self, endpoint: &Endpoint) -> Uri {
        let target = Bytes::from(self.target.path_and_query());
        let target = PathAndQuery::from_maybe_shared(target);
        let mut parts = Parts::default();
        parts.scheme = Some(endpoint.scheme().clone());
        parts.authority = Some(endpoint.authority().clone());
        parts.path_and_query = Some(target.expect("checked names make a path"));
        Uri::from_parts(parts).expect("scheme, authority and path make a URI")
    }

    fn headers(&self, scheme: Scheme) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(USUAL_HEADERS + self.headers.len());
        headers.insert(CONTENT_TYPE, self.content_type.clone());
        if self.content_md5 {
            headers.insert(CONTENT_MD5, content_md5::of(&self.payload));
        }
        insert(&mut headers, self.invocation_type.as_ref());
        insert(&mut headers, self.log_type.as_ref());
        if self.target.revision() == Revision::V2023_03_30 {
            let task_id = self
                .stateful_async_invocation_id
                .clone()
                .map(AsyncTaskId::from);
            insert(&mut headers, task_id.as_ref());
        } else {
            insert(&mut headers, self.stateful_async_invocation_id.as_ref());
        }
        insert(&mut headers, self.stateful_async_invocation_enable.as_ref());
        insert(&mut headers, self.async_delay.as_ref());
        insert(&mut headers, self.account_id.as_ref());
        insert(&mut headers, self.trace_id.as_ref());
        for header in &self.headers {
            headers.insert(header.name(), header.value().clone());
        }
        if scheme == Scheme::Acs3 {
            headers.insert(ACTION, HeaderValue::from_static("InvokeFunction"));
            let version = self.target.revision().as_str();
            headers.insert(VERSION, HeaderValue::from_static(version));
        }
        headers
    }
}

fn insert<'a, H: Header<'a>>(headers: &mut HeaderMap, header: Option<&H>) {
    if let Some(header) = header {
        header.insert_into(headers);
    }
}
