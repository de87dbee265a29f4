//! The input of `ListStatefulAsyncInvocationFunctions`.

use bytes::Bytes;
use fc_headers::AccountId;
use fc_response::{ListStatefulAsyncInvocationFunctionsOutput, Reply, ResponseError};
use http::{Method, Request, Response};

use super::PageLimit;
use super::query_string::QueryString;
use super::task_request::TaskRequest;
use crate::{Endpoint, Operation, Revision, Safety, Scheme};

/// The input of `ListStatefulAsyncInvocationFunctions`: reads one page of the functions in task mode. Only revision
/// 2021-04-06 has this operation.
///
/// Source: metadata of 2021-04-06; recorded requests of the official Python and Node SDKs.
#[derive(Debug, Clone, Default)]
pub struct ListStatefulAsyncInvocationFunctionsInput {
    limit: Option<PageLimit>,
    next_token: Option<String>,
    account_id: Option<AccountId>,
}

impl ListStatefulAsyncInvocationFunctionsInput {
    /// Makes the input for the first page.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the maximum number of functions of a page.
    #[must_use]
    pub fn limit(self, limit: PageLimit) -> Self {
        Self {
            limit: Some(limit),
            ..self
        }
    }

    /// Reads the page of this token, which the page before returned. An empty token reads the first page.
    #[must_use]
    pub fn next_token(self, token: impl Into<String>) -> Self {
        let next_token = Some(token.into()).filter(|token| !token.is_empty());
        Self { next_token, ..self }
    }

    /// Sets the account, for an endpoint whose host does not contain it.
    #[must_use]
    pub fn account_id(self, account_id: AccountId) -> Self {
        Self {
            account_id: Some(account_id),
            ..self
        }
    }

    /// The token of the page, if it is not the first one.
    pub fn token(&self) -> Option<&str> {
        self.next_token.as_deref()
    }

    /// Makes the unsigned request: method, absolute URI and headers, without a body.
    pub fn to_request(&self, endpoint: &Endpoint, scheme: Scheme) -> Request<Bytes> {
        self.to_request_with_room(endpoint, scheme, 0)
    }
}

impl Operation for ListStatefulAsyncInvocationFunctionsInput {
    type Output = ListStatefulAsyncInvocationFunctionsOutput;

    fn revision(&self) -> Revision {
        Revision::V2021_04_06
    }

    fn safety(&self) -> Safety {
        Safety::Reads
    }

    fn to_request_with_room(
        &self,
        endpoint: &Endpoint,
        scheme: Scheme,
        room: usize,
    ) -> Request<Bytes> {
        let path = format!("/{}/stateful-async-invocation-functions", self.revision());
        let request = TaskRequest {
            method: Method::GET,
            path: QueryString::new(path)
                .number("limit", self.limit.map(|limit| i64::from(limit.get())))
                .set("nextToken", self.next_token.as_deref()),
            action: "ListStatefulAsyncInvocationFunctions",
            revision: self.revision(),
            account_id: self.account_id.as_ref(),
        };
        request.into_request(endpoint, scheme, room)
    }

    fn read(response: Response<Bytes>, _: bool) -> Result<Reply<Self::Output>, ResponseError> {
        ListStatefulAsyncInvocationFunctionsOutput::from_response(response)
    }
}
