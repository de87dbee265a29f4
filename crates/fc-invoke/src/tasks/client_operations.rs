//! The operations on tasks of the asynchronous client.

use fc_response::{
    FinishedTask, GetAsyncTaskOutput, ListAsyncTasksOutput,
    ListStatefulAsyncInvocationFunctionsOutput, StopAsyncTaskOutput,
};
use fc_sign::CredentialsProvider;
use fc_transport::Transport;

use super::{
    AsyncTaskHandle, GetAsyncTaskInput, ListAsyncTasksInput,
    ListStatefulAsyncInvocationFunctionsInput, NextPoll, Pages, StopAsyncTaskInput, TaskWait,
    TaskWaitError, WaitOptions,
};
use crate::{Client, InvokeError, InvokeFunctionInput, InvokeOptions};

impl<T: Transport, P: CredentialsProvider> Client<T, P> {
    /// Invokes a function asynchronously, and returns the handle of its task.
    ///
    /// Set a task id in the input: then the request is sent again after a lost connection, because the service refuses a
    /// second task with the same id.
    ///
    /// # Errors
    ///
    /// The errors of [`invoke`](Self::invoke), `async-only` if the invocation type is not `Async`, and the errors of
    /// [`AsyncTaskHandle::from_outcome`]. [`InvokeError::is_task_id_taken`] if another task has the id.
    pub async fn invoke_async(
        &self,
        input: &InvokeFunctionInput,
    ) -> Result<AsyncTaskHandle, InvokeError> {
        self.invoke_async_with(input, InvokeOptions::default())
            .await
    }

    /// Invokes a function asynchronously with options for this invocation.
    ///
    /// # Errors
    ///
    /// The same as [`invoke_async`](Self::invoke_async).
    pub async fn invoke_async_with(
        &self,
        input: &InvokeFunctionInput,
        options: InvokeOptions,
    ) -> Result<AsyncTaskHandle, InvokeError> {
        AsyncTaskHandle::check(input)?;
        let outcome = self.invoke_with(input, options).await?;
        AsyncTaskHandle::from_outcome(input, outcome)
    }

    /// Waits until a task has ended. It polls the task and never invokes the function; see [`TaskWait`].
    ///
    /// Each poll has the retry policy and the deadline of the client. Dropping the future ends the wait, not the task.
    ///
    /// ```no_run
    /// use fc_invoke::{Client, InvokeFunctionInput, WaitOptions};
    ///
    /// # async fn example(
    /// #     client: Client<impl fc_transport::Transport>,
    /// #     input: InvokeFunctionInput,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// let handle = client.invoke_async(&input).await?;
    /// let task = client.wait_for_task(&handle, WaitOptions::default()).await?.into_result()?;
    /// println!("{:?}", task.return_payload());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`TaskWaitError`] if a poll fails for good or the deadline passes. A task that failed is a [`FinishedTask`].
    pub async fn wait_for_task(
        &self,
        handle: &AsyncTaskHandle,
        options: WaitOptions,
    ) -> Result<FinishedTask, TaskWaitError> {
        let mut wait = TaskWait::new(handle, options, self.state.monotonic());
        loop {
            let limits = [wait.time_left(self.state.monotonic()), self.state.deadline];
            let result = self.perform(wait.input(), options.of_poll(limits)).await;
            match wait.start().finish(result, self.state.monotonic()) {
                NextPoll::Done(done) => return done,
                NextPoll::Wait(next, pause) => {
                    self.transport
                        .sleep(pause.wait(self.state.randomness()))
                        .await;
                    wait = next;
                }
            }
        }
    }

    /// Reads a task.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if the service refused the request ([`is_task_not_found`](InvokeError::is_task_not_found)), or if
    /// there is no task in its response.
    pub async fn get_async_task(
        &self,
        input: &GetAsyncTaskInput,
    ) -> Result<GetAsyncTaskOutput, InvokeError> {
        self.perform(input, InvokeOptions::default()).await
    }

    /// Stops a task. A lost stop is sent again.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if the service refused the request, or if there is no response.
    pub async fn stop_async_task(
        &self,
        input: &StopAsyncTaskInput,
    ) -> Result<StopAsyncTaskOutput, InvokeError> {
        self.perform(input, InvokeOptions::default()).await
    }

    /// Reads one page of the tasks of a function.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if the service refused the request, or if there is no page in its response.
    pub async fn list_async_tasks(
        &self,
        input: &ListAsyncTasksInput,
    ) -> Result<ListAsyncTasksOutput, InvokeError> {
        self.perform(input, InvokeOptions::default()).await
    }

    /// Reads the pages of the tasks of a function, beginning with that of `input`.
    pub fn async_task_pages(
        &self,
        input: ListAsyncTasksInput,
    ) -> Pages<'_, T, P, ListAsyncTasksInput> {
        Pages::new(self, input)
    }

    /// Reads one page of the functions in task mode, in revision 2021-04-06.
    ///
    /// # Errors
    ///
    /// The same as [`list_async_tasks`](Self::list_async_tasks).
    pub async fn list_stateful_async_invocation_functions(
        &self,
        input: &ListStatefulAsyncInvocationFunctionsInput,
    ) -> Result<ListStatefulAsyncInvocationFunctionsOutput, InvokeError> {
        self.perform(input, InvokeOptions::default()).await
    }

    /// Reads the pages of the functions in task mode, beginning with that of `input`.
    pub fn stateful_async_invocation_function_pages(
        &self,
        input: ListStatefulAsyncInvocationFunctionsInput,
    ) -> Pages<'_, T, P, ListStatefulAsyncInvocationFunctionsInput> {
        Pages::new(self, input)
    }
}
