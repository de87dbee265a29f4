//! The input of `GetAsyncTask`.

use bytes::Bytes;
use fc_headers::AccountId;
use fc_response::{GetAsyncTaskOutput, Reply, ResponseError};
use http::{Method, Request, Response};

use super::TaskId;
use super::query_string::QueryString;
use super::task_request::{TaskRequest, is_v3, tasks_path};
use crate::{Endpoint, Operation, Revision, Safety, Scheme, Target};

/// The input of `GetAsyncTask` (2023-03-30) or `GetStatefulAsyncInvocation` (older revisions): reads one task. The
/// revision is that of the target.
///
/// Source: metadata and Go SDK of both revisions; recorded requests of official SDKs. In revision 2016-08-15 the
/// qualifier is in the path.
///
/// ```
/// use fc_invoke::{Endpoint, GetAsyncTaskInput, Scheme, Target};
///
/// let target = Target::v2023_03_30("demoFunction".parse()?);
/// let input = GetAsyncTaskInput::new(target, "order-4711".parse()?);
/// let endpoint: Endpoint = "https://fc.example.com".parse()?;
/// let request = input.to_request(&endpoint, Scheme::Acs3);
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/2023-03-30/functions/demoFunction/async-tasks/order-4711");
/// assert_eq!(request.headers()["x-acs-action"], "GetAsyncTask");
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone)]
pub struct GetAsyncTaskInput {
    target: Target,
    task_id: TaskId,
    account_id: Option<AccountId>,
}

impl GetAsyncTaskInput {
    /// Makes the input for a task of a function.
    pub fn new(target: Target, task_id: TaskId) -> Self {
        Self {
            target,
            task_id,
            account_id: None,
        }
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

    /// The task.
    pub fn task_id(&self) -> &TaskId {
        &self.task_id
    }

    /// Makes the unsigned request: method, absolute URI and headers, without a body.
    pub fn to_request(&self, endpoint: &Endpoint, scheme: Scheme) -> Request<Bytes> {
        self.to_request_with_room(endpoint, scheme, 0)
    }
}

impl Operation for GetAsyncTaskInput {
    type Output = GetAsyncTaskOutput;

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
        let path = format!("{}/{}", tasks_path(&self.target), self.task_id);
        let request = TaskRequest {
            method: Method::GET,
            path: QueryString::new(path).set("qualifier", self.target.query_qualifier()),
            action: if is_v3(&self.target) {
                "GetAsyncTask"
            } else {
                "GetStatefulAsyncInvocation"
            },
            revision: self.revision(),
            account_id: self.account_id.as_ref(),
        };
        request.into_request(endpoint, scheme, room)
    }

    fn read(response: Response<Bytes>, _: bool) -> Result<Reply<Self::Output>, ResponseError> {
        GetAsyncTaskOutput::from_response(response)
    }
}
