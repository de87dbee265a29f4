//! Makes the HTTP request of an input.

use bytes::Bytes;
use fc_headers::{AsyncTaskId, Header};
use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};

use crate::content_md5::{self, CONTENT_MD5};
use crate::input::Settings;
use crate::{Endpoint, InvokeFunctionInput, Revision, Scheme, request_parts};

/// Space for the headers that the signer and the HTTP client usually add.
const USUAL_ROOM: usize = 6;
/// Space for the headers of a usual response: hyper reads them into the map of the request.
const USUAL_RESPONSE: usize = 10;

impl InvokeFunctionInput {
    /// Makes the unsigned request: method, absolute URI, headers and payload.
    ///
    /// The signer adds its headers; the HTTP client adds `Host` and `Content-Length`. For ACS3 the request names the
    /// operation (`x-acs-action`, `x-acs-version`). The service accepts revision 2023-03-30 only with ACS3; see
    /// [`Revision::accepts`].
    ///
    /// The payload is shared, not copied. A request can be made once and signed for each attempt.
    pub fn to_request(&self, endpoint: &Endpoint, scheme: Scheme) -> Request<Bytes> {
        self.request_with_room(endpoint, scheme, USUAL_ROOM)
    }

    /// Makes the unsigned request with space for `room` more headers.
    pub(crate) fn request_with_room(
        &self,
        endpoint: &Endpoint,
        scheme: Scheme,
        room: usize,
    ) -> Request<Bytes> {
        let mut request = Request::new(self.payload.clone());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = request_parts::uri(endpoint, self.target().path().clone());
        *request.headers_mut() = self.headers(scheme, room);
        request
    }

    fn headers(&self, scheme: Scheme, room: usize) -> HeaderMap {
        let settings = &*self.settings;
        let own = usize::from(settings.content_md5) + 2 * usize::from(scheme == Scheme::Acs3);
        let len = settings.header_lines.len() + own + room;
        let mut headers = HeaderMap::with_capacity(len.max(USUAL_RESPONSE));
        for (name, value) in &settings.header_lines {
            headers.insert(name, value.clone());
        }
        if settings.content_md5 {
            headers.insert(CONTENT_MD5, content_md5::encode(&self.payload));
        }
        if scheme == Scheme::Acs3 {
            let revision = settings.target.revision();
            request_parts::insert_operation(&mut headers, "InvokeFunction", revision);
        }
        headers
    }
}

/// The largest number of lines without those of the caller: Content-Type, seven headers and the session.
const OWN_LINES: usize = 9;

impl Settings {
    /// The headers that depend neither on the payload nor on the scheme.
    pub(crate) fn header_lines(&self) -> Vec<(HeaderName, HeaderValue)> {
        let mut lines = Vec::with_capacity(OWN_LINES + self.extra_headers.len());
        lines.push((CONTENT_TYPE, self.content_type.clone()));
        push(&mut lines, self.invocation_type.as_ref());
        push(&mut lines, self.log_type.as_ref());
        if self.target.revision() == Revision::V2023_03_30 {
            let task_id = self
                .stateful_async_invocation_id
                .clone()
                .map(AsyncTaskId::from);
            push(&mut lines, task_id.as_ref());
        } else {
            push(&mut lines, self.stateful_async_invocation_id.as_ref());
        }
        push(&mut lines, self.stateful_async_invocation_enable.as_ref());
        push(&mut lines, self.async_delay.as_ref());
        push(&mut lines, self.account_id.as_ref());
        push(&mut lines, self.trace_id.as_ref());
        let extra = self.extra_headers.iter();
        lines.extend(extra.map(|header| (header.name().clone(), header.value().clone())));
        self.add_session(&mut lines);
        for (_, value) in &lines {
            // The first clone of `bytes` allocates; clone once here instead of in the first request.
            drop(value.clone());
        }
        lines
    }

    fn add_session(&self, lines: &mut Vec<(HeaderName, HeaderValue)>) {
        let cookies = lines.iter().filter(|(name, _)| *name == COOKIE);
        let line = self.session.as_ref().and_then(|session| {
            let values = cookies.map(|(_, value)| value);
            session.line(values)
        });
        if let Some((name, value)) = line {
            lines.retain(|(other, _)| *other != name);
            lines.push((name, value));
        }
    }
}

fn push<'a, H: Header<'a>>(lines: &mut Vec<(HeaderName, HeaderValue)>, header: Option<&H>) {
    lines.extend(header.map(|header| (H::NAME, header.encode())));
}
