//! The output of `ListAsyncTasks`.

use bytes::Bytes;

use crate::held_response::held_response;
use crate::json_object::JsonObject;
use crate::typed_fields::FieldError;
use crate::{AsyncTask, Reply, ResponseError, reply};

/// The output of `ListAsyncTasks` and `ListStatefulAsyncInvocations`: one page of tasks, and the response that held it.
///
/// A list that is null or absent is empty (Terraform provider of FC 2.0). Source of the fields: Go SDK of revision
/// 2023-03-30, `list_async_task_output_model.go` (`tasks`); Python SDK of 2021-04-06, `models.py` (`invocations`).
#[derive(Clone)]
pub struct ListAsyncTasksOutput {
    response: http::Response<Bytes>,
    page: Page,
}

#[derive(Clone)]
struct Page {
    tasks: Vec<AsyncTask>,
    next_token: Option<Box<str>>,
}

impl Page {
    fn read(mut object: JsonObject) -> Result<Self, FieldError> {
        Ok(Self {
            tasks: object.take_list(&["tasks", "invocations"], AsyncTask::read)?,
            next_token: object.take_token()?,
        })
    }
}

impl JsonObject {
    /// The token of the next page; an empty one is `None`.
    pub(crate) fn take_token(&mut self) -> Result<Option<Box<str>>, FieldError> {
        let token = self.take_text(&["nextToken"])?;
        Ok(token.filter(|token| !token.is_empty()))
    }
}

impl ListAsyncTasksOutput {
    /// Reads the page of a 2xx response; 300 to 599 is a refusal.
    ///
    /// # Errors
    /// The same as [`GetAsyncTaskOutput::from_response`](crate::GetAsyncTaskOutput::from_response).
    pub fn from_response(response: http::Response<Bytes>) -> Result<Reply<Self>, ResponseError> {
        Ok(match reply::of_document(response, Page::read)? {
            Reply::Output((response, page)) => Reply::Output(Self { response, page }),
            Reply::Rejected(error) => Reply::Rejected(error),
        })
    }

    /// The tasks of this page.
    pub fn tasks(&self) -> &[AsyncTask] {
        &self.page.tasks
    }

    /// The token of the next page; `None` on the last page, where it is absent, null or empty.
    pub fn next_token(&self) -> Option<&str> {
        self.page.next_token.as_deref()
    }

    /// Converts this into the tasks.
    pub fn into_tasks(self) -> Vec<AsyncTask> {
        self.page.tasks
    }
}

held_response!(
    ListAsyncTasksOutput,
    body,
    "The body of the response, byte for byte."
);
