//! The asynchronous and the blocking client behind one interface.

use std::sync::OnceLock;

use fc_invoke::{
    AsyncTaskHandle, BlockingClient, Client, Endpoint, GetAsyncTaskInput, InvokeError,
    InvokeFunctionInput, ListAsyncTasksInput, ListStatefulAsyncInvocationFunctionsInput,
    RetryPolicy, Scheme, StopAsyncTaskInput, TaskWaitError, WaitOptions,
};
use fc_response::{
    AsyncTask, FinishedTask, ListAsyncTasksOutput, ListStatefulAsyncInvocationFunctionsOutput,
};
use fc_sign::Credentials;
use fc_transport::{BlockingTransport, ExchangeLimits, Transport};
use fc_transport_hyper::HyperTransport;
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use fc_transport_ureq::{UreqTransport, config};
use tokio::runtime::Runtime;

/// The dummy key of `fcgate serve`.
pub(crate) const KEY_ID: &str = "LTAI5dummyAccessKeyId";
pub(crate) const SECRET: &str = "dummySecretForLoopbackOnly";

pub(crate) type PageResult = Result<ListAsyncTasksOutput, InvokeError>;

/// The operations on tasks of a client.
pub(crate) trait TaskClient {
    fn invoke_async(&self, input: &InvokeFunctionInput) -> Result<AsyncTaskHandle, InvokeError>;
    fn wait(
        &self,
        handle: &AsyncTaskHandle,
        options: WaitOptions,
    ) -> Result<FinishedTask, TaskWaitError>;
    fn get(&self, input: &GetAsyncTaskInput) -> Result<AsyncTask, InvokeError>;
    fn stop(&self, input: &StopAsyncTaskInput) -> Result<(), InvokeError>;
    fn pages(&self, input: ListAsyncTasksInput) -> Vec<PageResult>;
    fn functions(
        &self,
        input: ListStatefulAsyncInvocationFunctionsInput,
    ) -> Vec<Result<ListStatefulAsyncInvocationFunctionsOutput, InvokeError>>;
}

/// A client over each transport, without a limit of attempts and without waits, by its name.
pub(crate) const CLIENTS: [&str; 3] = ["hyper", "reqwest", "ureq"];

pub(crate) fn client(
    name: &str,
    url: &str,
    scheme: Scheme,
    limits: ExchangeLimits,
) -> Box<dyn TaskClient> {
    let _runtime = runtime().enter();
    let endpoint: Endpoint = url.parse().unwrap();
    let key = Credentials::new(KEY_ID.parse().unwrap(), SECRET.parse().unwrap());
    let policy = RetryPolicy::default()
        .max_attempts(u32::MAX)
        .base(std::time::Duration::ZERO);
    match name {
        "hyper" => {
            let transport = HyperTransport::http().limits(limits);
            Box::new(Client::new(transport, endpoint, scheme, key).retry_policy(policy))
        }
        "reqwest" => {
            let transport = ReqwestTransport::new(client_builder)
                .unwrap()
                .limits(limits);
            Box::new(Client::new(transport, endpoint, scheme, key).retry_policy(policy))
        }
        "ureq" => {
            let transport = UreqTransport::new(config().build().new_agent()).limits(limits);
            Box::new(BlockingClient::new(transport, endpoint, scheme, key).retry_policy(policy))
        }
        other => panic!("{other}"),
    }
}

pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().unwrap())
}

impl<T: Transport> TaskClient for Client<T> {
    fn invoke_async(&self, input: &InvokeFunctionInput) -> Result<AsyncTaskHandle, InvokeError> {
        runtime().block_on(self.invoke_async(input))
    }

    fn wait(
        &self,
        handle: &AsyncTaskHandle,
        options: WaitOptions,
    ) -> Result<FinishedTask, TaskWaitError> {
        runtime().block_on(self.wait_for_task(handle, options))
    }

    fn get(&self, input: &GetAsyncTaskInput) -> Result<AsyncTask, InvokeError> {
        let output = runtime().block_on(self.get_async_task(input))?;
        Ok(output.into_task())
    }

    fn stop(&self, input: &StopAsyncTaskInput) -> Result<(), InvokeError> {
        runtime().block_on(self.stop_async_task(input)).map(drop)
    }

    fn pages(&self, input: ListAsyncTasksInput) -> Vec<PageResult> {
        let mut pages = self.async_task_pages(input);
        std::iter::from_fn(|| runtime().block_on(pages.next())).collect()
    }

    fn functions(
        &self,
        input: ListStatefulAsyncInvocationFunctionsInput,
    ) -> Vec<Result<ListStatefulAsyncInvocationFunctionsOutput, InvokeError>> {
        let mut pages = self.stateful_async_invocation_function_pages(input);
        std::iter::from_fn(|| runtime().block_on(pages.next())).collect()
    }
}

impl<T: BlockingTransport> TaskClient for BlockingClient<T> {
    fn invoke_async(&self, input: &InvokeFunctionInput) -> Result<AsyncTaskHandle, InvokeError> {
        self.invoke_async(input)
    }

    fn wait(
        &self,
        handle: &AsyncTaskHandle,
        options: WaitOptions,
    ) -> Result<FinishedTask, TaskWaitError> {
        self.wait_for_task(handle, options)
    }

    fn get(&self, input: &GetAsyncTaskInput) -> Result<AsyncTask, InvokeError> {
        Ok(self.get_async_task(input)?.into_task())
    }

    fn stop(&self, input: &StopAsyncTaskInput) -> Result<(), InvokeError> {
        self.stop_async_task(input).map(drop)
    }

    fn pages(&self, input: ListAsyncTasksInput) -> Vec<PageResult> {
        self.async_task_pages(input).collect()
    }

    fn functions(
        &self,
        input: ListStatefulAsyncInvocationFunctionsInput,
    ) -> Vec<Result<ListStatefulAsyncInvocationFunctionsOutput, InvokeError>> {
        self.stateful_async_invocation_function_pages(input)
            .collect()
    }
}
