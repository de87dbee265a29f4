//! The request of an operation on tasks.

use bytes::Bytes;
use fc_headers::{AccountId, Header};
use http::{HeaderMap, Method, Request};

use super::query_string::QueryString;
use crate::{Endpoint, Revision, Scheme, Target, request_parts};

/// The parts of a request without a body.
pub(super) struct TaskRequest<'a> {
    pub(super) method: Method,
    pub(super) path: QueryString,
    /// The name of the operation, which ACS3 sends and signs.
    pub(super) action: &'static str,
    pub(super) revision: Revision,
    pub(super) account_id: Option<&'a AccountId>,
}

impl TaskRequest<'_> {
    /// Makes the request, which has no `Content-Type`.
    pub(super) fn into_request(
        self,
        endpoint: &Endpoint,
        scheme: Scheme,
        room: usize,
    ) -> Request<Bytes> {
        let mut headers = HeaderMap::with_capacity(room + 3);
        if let Some(account_id) = self.account_id {
            headers.insert(AccountId::NAME, account_id.encode());
        }
        if scheme == Scheme::Acs3 {
            request_parts::insert_operation(&mut headers, self.action, self.revision);
        }
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = self.method;
        *request.uri_mut() =
            request_parts::uri(endpoint, request_parts::path(self.path.into_text()));
        *request.headers_mut() = headers;
        request
    }
}

/// The path of the tasks of a function.
pub(super) fn tasks_path(target: &Target) -> String {
    let collection = if is_v3(target) {
        "/async-tasks"
    } else {
        "/stateful-async-invocations"
    };
    target.function_path() + collection
}

/// Whether the target is one of revision 2023-03-30, which has other names than the older ones.
pub(super) fn is_v3(target: &Target) -> bool {
    target.revision() == Revision::V2023_03_30
}
