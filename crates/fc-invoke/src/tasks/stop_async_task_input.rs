//! The input of `StopAsyncTask`.

use bytes::Bytes;
use fc_headers::AccountId;
use fc_response::{Reply, ResponseError, ServiceError, StopAsyncTaskOutput};
use http::{Method, Request, Response};

use super::TaskId;
use super::query_string::QueryString;
use super::task_request::{TaskRequest, is_v3, tasks_path};
use crate::{Endpoint, Operation, Revision, Safety, Scheme, Target};

/// The input of `StopAsyncTask` (2023-03-30) or `StopStatefulAsyncInvocation` (older revisions): requests that a task
/// ends. The revision is that of the target.
///
/// It is sent again after a lost connection, because a second stop changes nothing more. If the service then says that
/// the task was stopped (412 `AsyncInvocationStopped`), the earlier attempt arrived, and the stop is a success. A task
/// that has ended is refused: FC 2.0 answers `InvalidArgument` (test of an official SDK); read the task to see why. Source:
/// metadata and Go SDK of both revisions; recorded requests of official SDKs.
///
/// ```
/// use fc_invoke::{Endpoint, Scheme, StopAsyncTaskInput, Target};
///
/// let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
/// let input = StopAsyncTaskInput::new(target, "order-4711".parse()?);
/// let endpoint: Endpoint = "https://fc.example.com".parse()?;
/// let request = input.to_request(&endpoint, Scheme::Fc);
/// assert_eq!(request.method(), "PUT");
/// assert_eq!(
///     request.uri().path(),
///     "/2021-04-06/services/demoService/functions/demoFunction/stateful-async-invocations/order-4711",
/// );
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone)]
pub struct StopAsyncTaskInput {
    target: Target,
    task_id: TaskId,
    account_id: Option<AccountId>,
}

impl StopAsyncTaskInput {
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

impl Operation for StopAsyncTaskInput {
    type Output = StopAsyncTaskOutput;

    fn revision(&self) -> Revision {
        self.target.revision()
    }

    fn safety(&self) -> Safety {
        Safety::Repeatable
    }

    fn to_request_with_room(
        &self,
        endpoint: &Endpoint,
        scheme: Scheme,
        room: usize,
    ) -> Request<Bytes> {
        let (end, action) = if is_v3(&self.target) {
            ("/stop", "StopAsyncTask")
        } else {
            ("", "StopStatefulAsyncInvocation")
        };
        let path = format!("{}/{}{end}", tasks_path(&self.target), self.task_id);
        let request = TaskRequest {
            method: Method::PUT,
            path: QueryString::new(path).set("qualifier", self.target.query_qualifier()),
            action,
            revision: self.revision(),
            account_id: self.account_id.as_ref(),
        };
        request.into_request(endpoint, scheme, room)
    }

    fn read(response: Response<Bytes>, _: bool) -> Result<Reply<Self::Output>, ResponseError> {
        StopAsyncTaskOutput::from_response(response)
    }

    fn settled(&self, error: ServiceError) -> Result<Self::Output, ServiceError> {
        StopAsyncTaskOutput::from_stopped(error)
    }
}
