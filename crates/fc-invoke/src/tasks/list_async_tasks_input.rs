//! The input of `ListAsyncTasks`.

use bytes::Bytes;
use fc_headers::AccountId;
use fc_response::{AsyncTaskStatus, ListAsyncTasksOutput, Reply, ResponseError};
use http::{Method, Request, Response};

use super::query_string::QueryString;
use super::task_request::{TaskRequest, is_v3, tasks_path};
use super::{PageLimit, SortOrder};
use crate::{Endpoint, Operation, Revision, Safety, Scheme, Target};

/// The input of `ListAsyncTasks` (2023-03-30) or `ListStatefulAsyncInvocations` (older revisions): reads one page of
/// the tasks of a function. The revision is that of the target.
///
/// A filter that is not set is not sent. Tasks are kept for 7 days. Source: metadata and Go SDK of both revisions;
/// recorded requests of official SDKs.
///
/// ```
/// use fc_invoke::{Endpoint, ListAsyncTasksInput, PageLimit, Scheme, SortOrder, Target};
/// use fc_response::AsyncTaskStatus;
///
/// let input = ListAsyncTasksInput::new(Target::v2023_03_30("demoFunction".parse()?))
///     .prefix("order-")
///     .status(AsyncTaskStatus::Running)
///     .sort_order(SortOrder::Desc)
///     .limit(PageLimit::MAX)
///     .next_token("MTIzNCNhYmM=");
/// let endpoint: Endpoint = "https://fc.example.com".parse()?;
/// let request = input.to_request(&endpoint, Scheme::Acs3);
/// assert_eq!(
///     request.uri().query(),
///     Some("limit=100&nextToken=MTIzNCNhYmM%3D&prefix=order-&sortOrderByTime=desc&status=Running"),
/// );
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ListAsyncTasksInput {
    target: Target,
    prefix: Option<String>,
    status: Option<AsyncTaskStatus>,
    started_time_begin: Option<i64>,
    started_time_end: Option<i64>,
    sort_order: Option<SortOrder>,
    include_payload: Option<bool>,
    limit: Option<PageLimit>,
    next_token: Option<String>,
    account_id: Option<AccountId>,
}

impl ListAsyncTasksInput {
    /// Makes the input for all tasks of a function.
    pub fn new(target: Target) -> Self {
        Self {
            target,
            prefix: None,
            status: None,
            started_time_begin: None,
            started_time_end: None,
            sort_order: None,
            include_payload: None,
            limit: None,
            next_token: None,
            account_id: None,
        }
    }

    /// Lists only tasks whose id begins with this text; an empty text lists all.
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        let prefix = Some(prefix.into()).filter(|prefix| !prefix.is_empty());
        Self { prefix, ..self }
    }

    /// Lists only tasks in this state.
    #[must_use]
    pub fn status(self, status: AsyncTaskStatus) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    /// Lists only tasks that started after this time, in milliseconds since 1970. No source says whether the time itself
    /// is included.
    #[must_use]
    pub fn started_time_begin(self, milliseconds: i64) -> Self {
        Self {
            started_time_begin: Some(milliseconds),
            ..self
        }
    }

    /// Lists only tasks that started before this time, in milliseconds since 1970.
    #[must_use]
    pub fn started_time_end(self, milliseconds: i64) -> Self {
        Self {
            started_time_end: Some(milliseconds),
            ..self
        }
    }

    /// Sets the order.
    #[must_use]
    pub fn sort_order(self, order: SortOrder) -> Self {
        Self {
            sort_order: Some(order),
            ..self
        }
    }

    /// Sets whether a task has its payload.
    #[must_use]
    pub fn include_payload(self, include: bool) -> Self {
        Self {
            include_payload: Some(include),
            ..self
        }
    }

    /// Sets the maximum number of tasks of a page; the default of the service is 20.
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

    /// Sets the account of the function, for an endpoint whose host does not contain it.
    #[must_use]
    pub fn account_id(self, account_id: AccountId) -> Self {
        Self {
            account_id: Some(account_id),
            ..self
        }
    }

    /// The function.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The token of the page, if it is not the first one.
    pub fn token(&self) -> Option<&str> {
        self.next_token.as_deref()
    }

    /// Makes the unsigned request: method, absolute URI and headers, without a body.
    pub fn to_request(&self, endpoint: &Endpoint, scheme: Scheme) -> Request<Bytes> {
        self.to_request_with_room(endpoint, scheme, 0)
    }

    /// The path and the query; the parameters are in the order of their names in revision 2023-03-30.
    fn path(&self) -> QueryString {
        let prefix = if is_v3(&self.target) {
            "prefix"
        } else {
            "invocationIdPrefix"
        };
        let include = self
            .include_payload
            .map(|include| if include { "true" } else { "false" });
        let limit = self.limit.map(|limit| i64::from(limit.get()));
        QueryString::new(tasks_path(&self.target))
            .set("includePayload", include)
            .number("limit", limit)
            .set("nextToken", self.next_token.as_deref())
            .set(prefix, self.prefix.as_deref())
            .set("qualifier", self.target.query_qualifier())
            .set("sortOrderByTime", self.sort_order.map(SortOrder::as_str))
            .number("startedTimeBegin", self.started_time_begin)
            .number("startedTimeEnd", self.started_time_end)
            .set("status", self.status.as_ref().map(AsyncTaskStatus::as_str))
    }
}

impl Operation for ListAsyncTasksInput {
    type Output = ListAsyncTasksOutput;

    fn revision(&self) -> Revision {
        self.target.revision()
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
        let request = TaskRequest {
            method: Method::GET,
            path: self.path(),
            action: if is_v3(&self.target) {
                "ListAsyncTasks"
            } else {
                "ListStatefulAsyncInvocations"
            },
            revision: self.revision(),
            account_id: self.account_id.as_ref(),
        };
        request.into_request(endpoint, scheme, room)
    }

    fn read(response: Response<Bytes>, _: bool) -> Result<Reply<Self::Output>, ResponseError> {
        ListAsyncTasksOutput::from_response(response)
    }
}
