//! The handle of an accepted asynchronous invocation.

use fc_headers::{AccountId, InputError, InputErrorKind, InvocationType};
use fc_response::{Accepted, Outcome, ResponseError, Success};

use super::{GetAsyncTaskInput, StopAsyncTaskInput, TaskId};
use crate::{InvokeError, InvokeFunctionInput, Target};

/// The handle of an asynchronous invocation: its function and its task id.
///
/// A client returns it from `invoke_async`, and waits for the result of the task with it. The function must be in task
/// mode (`asyncTask`, or `statefulInvocation` in FC 2.0); without it the service keeps no record, and the task is not
/// found. A program that ended can make the handle again from its parts.
///
/// ```
/// use fc_invoke::{AsyncTaskHandle, Target};
///
/// let target = Target::v2023_03_30("demoFunction".parse()?);
/// let handle = AsyncTaskHandle::new(target, "order-4711".parse()?);
/// assert_eq!(handle.task_id().as_str(), "order-4711");
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone)]
pub struct AsyncTaskHandle {
    target: Target,
    task_id: TaskId,
    id_source: TaskIdSource,
    account_id: Option<AccountId>,
    accepted: Option<Accepted>,
}

/// Where a task id comes from.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskIdSource {
    /// The caller chose it.
    Caller,
    /// The response of the acceptance named it.
    Response,
    /// It is the request id of the acceptance. Inferred: the manual of FC 2.0 says that the task id equals the request id
    /// if only a request id was set; no source says it for an id that the service made, nor for revision 2023-03-30.
    RequestId,
}

impl AsyncTaskHandle {
    /// Makes the handle of a task from its parts.
    pub fn new(target: Target, task_id: TaskId) -> Self {
        Self {
            target,
            task_id,
            id_source: TaskIdSource::Caller,
            account_id: None,
            accepted: None,
        }
    }

    /// Makes the handle from the outcome of an asynchronous invocation.
    ///
    /// The task id is that of the input, or that of the response, or the request id; see [`TaskIdSource`].
    ///
    /// # Errors
    ///
    /// [`InvokeErrorKind::Failed`](crate::InvokeErrorKind::Failed) if the service refused the invocation, and
    /// [`InvokeErrorKind::Response`](crate::InvokeErrorKind::Response) if it was not accepted but completed, or if there
    /// is no id.
    pub fn from_outcome(
        input: &InvokeFunctionInput,
        outcome: Outcome,
    ) -> Result<Self, InvokeError> {
        let accepted = match outcome.into_result()? {
            Success::Accepted(accepted) => accepted,
            completed @ Success::Completed(_) => {
                return Err(ResponseError::not_accepted(completed).into());
            }
        };
        let Some((task_id, id_source)) = task_id(input, &accepted) else {
            return Err(ResponseError::no_task_id(accepted).into());
        };
        Ok(Self {
            target: input.target().clone(),
            task_id,
            id_source,
            account_id: input.settings.account_id.clone(),
            accepted: Some(accepted),
        })
    }

    /// Refuses the input of an invocation that is not asynchronous.
    pub(super) fn check(input: &InvokeFunctionInput) -> Result<(), InputError> {
        if input.invocation_type() == Some(InvocationType::Async) {
            return Ok(());
        }
        Err(InputError::new(InputErrorKind::AsyncOnly, "task handle"))
    }

    /// The function.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The task id.
    pub fn task_id(&self) -> &TaskId {
        &self.task_id
    }

    /// Where the task id comes from.
    pub fn id_source(&self) -> TaskIdSource {
        self.id_source
    }

    /// The acceptance; `None` if the handle was made from its parts.
    pub fn accepted(&self) -> Option<&Accepted> {
        self.accepted.as_ref()
    }

    /// The input that reads the task.
    pub fn get_input(&self) -> GetAsyncTaskInput {
        let input = GetAsyncTaskInput::new(self.target.clone(), self.task_id.clone());
        match &self.account_id {
            Some(account_id) => input.account_id(account_id.clone()),
            None => input,
        }
    }

    /// The input that stops the task.
    pub fn stop_input(&self) -> StopAsyncTaskInput {
        let input = StopAsyncTaskInput::new(self.target.clone(), self.task_id.clone());
        match &self.account_id {
            Some(account_id) => input.account_id(account_id.clone()),
            None => input,
        }
    }
}

fn task_id(input: &InvokeFunctionInput, accepted: &Accepted) -> Option<(TaskId, TaskIdSource)> {
    if let Some(id) = input.stateful_async_invocation_id() {
        return Some((id.clone().into(), TaskIdSource::Caller));
    }
    if let Ok(Some(id)) = accepted.metadata().stateful_async_invocation_id() {
        return Some((id.into(), TaskIdSource::Response));
    }
    let id = accepted.request_id()?.parse().ok()?;
    Some((id, TaskIdSource::RequestId))
}
