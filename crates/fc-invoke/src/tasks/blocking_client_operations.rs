//! The operations on tasks of the blocking client.

use fc_response::{
    FinishedTask, GetAsyncTaskOutput, ListAsyncTasksOutput,
    ListStatefulAsyncInvocationFunctionsOutput, StopAsyncTaskOutput,
};
use fc_sign::BlockingCredentialsProvider;
use fc_transport::BlockingTransport;

use super::{
    AsyncTaskHandle, BlockingPages, GetAsyncTaskInput, ListAsyncTasksInput,
    ListStatefulAsyncInvocationFunctionsInput, NextPoll, StopAsyncTaskInput, TaskWait,
    TaskWaitError, WaitOptions,
};
use crate::{BlockingClient, InvokeError, InvokeFunctionInput, InvokeOptions};

impl<T: BlockingTransport, P: BlockingCredentialsProvider> BlockingClient<T, P> {
    /// Invokes a function asynchronously, and returns the handle of its task.
    ///
    /// Set a task id in the input: then the request is sent again after a lost connection, because the service refuses a
    /// second task with the same id.
    ///
    /// # Errors
    ///
    /// The errors of [`invoke`](Self::invoke), `async-only` if the invocation type is not `Async`, and the errors of
    /// [`AsyncTaskHandle::from_outcome`]. [`InvokeError::is_task_id_taken`] if another task has the id.
    pub fn invoke_async(
        &self,
        input: &InvokeFunctionInput,
    ) -> Result<AsyncTaskHandle, InvokeError> {
        self.invoke_async_with(input, InvokeOptions::default())
    }

    /// Invokes a function asynchronously with options for this invocation.
    ///
    /// # Errors
    ///
    /// The same as [`invoke_async`](Self::invoke_async).
    pub fn invoke_async_with(
        &self,
        input: &InvokeFunctionInput,
        options: InvokeOptions,
    ) -> Result<AsyncTaskHandle, InvokeError> {
        AsyncTaskHandle::check(input)?;
        let outcome = self.invoke_with(input, options)?;
        AsyncTaskHandle::from_outcome(input, outcome)
    }

    /// Waits until a task has ended. It polls the task and never invokes the function; see [`TaskWait`].
    ///
    /// Each poll has the retry policy and the deadline of the client.
    ///
    /// ```no_run
    /// use fc_invoke::{BlockingClient, InvokeFunctionInput, WaitOptions};
    ///
    /// # fn example(
    /// #     client: BlockingClient<impl fc_transport::BlockingTransport>,
    /// #     input: InvokeFunctionInput,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// let handle = client.invoke_async(&input)?;
    /// let task = client.wait_for_task(&handle, WaitOptions::default())?.into_result()?;
    /// println!("{:?}", task.return_payload());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`TaskWaitError`] if a poll fails for good or the deadline passes. A task that failed is a [`FinishedTask`].
    pub fn wait_for_task(
        &self,
        handle: &AsyncTaskHandle,
        options: WaitOptions,
    ) -> Result<FinishedTask, TaskWaitError> {
        let mut wait = TaskWait::new(handle, options, self.state.monotonic());
        loop {
            let limits = [wait.time_left(self.state.monotonic()), self.state.deadline];
            let result = self.perform(wait.input(), options.of_poll(limits));
            match wait.start().finish(result, self.state.monotonic()) {
                NextPoll::Done(done) => return done,
                NextPoll::Wait(next, pause) => {
                    self.transport.sleep(pause.wait(self.state.randomness()));
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
    pub fn get_async_task(
        &self,
        input: &GetAsyncTaskInput,
    ) -> Result<GetAsyncTaskOutput, InvokeError> {
        self.perform(input, InvokeOptions::default())
    }

    /// Stops a task. A lost stop is sent again.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if the service refused the request, or if there is no response.
    pub fn stop_async_task(
        &self,
        input: &StopAsyncTaskInput,
    ) -> Result<StopAsyncTaskOutput, InvokeError> {
        self.perform(input, InvokeOptions::default())
    }

    /// Reads one page of the tasks of a function.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if the service refused the request, or if there is no page in its response.
    pub fn list_async_tasks(
        &self,
        input: &ListAsyncTasksInput,
    ) -> Result<ListAsyncTasksOutput, InvokeError> {
        self.perform(input, InvokeOptions::default())
    }

    /// Reads the pages of the tasks of a function, beginning with that of `input`.
    pub fn async_task_pages(
        &self,
        input: ListAsyncTasksInput,
    ) -> BlockingPages<'_, T, P, ListAsyncTasksInput> {
        BlockingPages::new(self, input)
    }

    /// Reads one page of the functions in task mode, in revision 2021-04-06.
    ///
    /// # Errors
    ///
    /// The same as [`list_async_tasks`](Self::list_async_tasks).
    pub fn list_stateful_async_invocation_functions(
        &self,
        input: &ListStatefulAsyncInvocationFunctionsInput,
    ) -> Result<ListStatefulAsyncInvocationFunctionsOutput, InvokeError> {
        self.perform(input, InvokeOptions::default())
    }

    /// Reads the pages of the functions in task mode, beginning with that of `input`.
    pub fn stateful_async_invocation_function_pages(
        &self,
        input: ListStatefulAsyncInvocationFunctionsInput,
    ) -> BlockingPages<'_, T, P, ListStatefulAsyncInvocationFunctionsInput> {
        BlockingPages::new(self, input)
    }
}
