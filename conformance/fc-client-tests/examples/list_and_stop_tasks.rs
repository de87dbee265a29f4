//! The tasks of a function page by page, and a stop of those that run, over ureq. The functions are of 2.0.
//!
//! It needs no network: `fcgate serve` plays the tasks on loopback and verifies every signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;
use std::time::Duration;

use fc_headers::{InvocationType, StatefulAsyncInvocationEnable};
use fc_invoke::{
    AsyncTaskHandle, BlockingClient, Endpoint, InvokeFunctionInput, ListAsyncTasksInput, PageLimit,
    Scheme, Target, WaitOptions,
};
use fc_local::{Options, Server};
use fc_response::AsyncTask;
use fc_sign::Credentials;
use fc_transport_ureq::{UreqTransport, config};

fn main() -> Result<(), Box<dyn Error>> {
    let service = Server::start(([127, 0, 0, 1], 0).into(), Options::new(), |_| ())?;

    let endpoint: Endpoint = service.url().parse()?;
    let credentials = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    let transport = UreqTransport::new(config().build().new_agent());
    let client = BlockingClient::new(transport, endpoint, Scheme::Fc, credentials);

    // In revision 2021-04-06 a header makes an invocation a task.
    let target = Target::new("demoService".parse()?, "task-endless".parse()?);
    for id in ["job-1", "job-2", "job-3"] {
        let input = InvokeFunctionInput::builder(target.clone())
            .invocation_type(InvocationType::Async)
            .stateful_async_invocation_enable(StatefulAsyncInvocationEnable::new(true))
            .stateful_async_invocation_id(id.parse()?)
            .build()?;
        client.invoke_async(&input)?;
    }

    let filter = ListAsyncTasksInput::new(target.clone())
        .prefix("job-")
        .limit(PageLimit::try_from(2)?);
    for page in client.async_task_pages(filter) {
        let page = page?;
        println!("a page of {} tasks", page.tasks().len());
        for task in page.tasks().iter().filter(|task| !task.is_final()) {
            stop(&client, &target, task)?;
        }
    }
    Ok(())
}

/// Stops a task, and waits until it has stopped.
fn stop(
    client: &BlockingClient<UreqTransport>,
    target: &Target,
    task: &AsyncTask,
) -> Result<(), Box<dyn Error>> {
    let id = task.task_id().ok_or("a task without an id")?;
    let handle = AsyncTaskHandle::new(target.clone(), id.parse()?);
    client.stop_async_task(&handle.stop_input())?;
    let options = WaitOptions::default().first_pause(Duration::from_millis(10));
    let finished = client.wait_for_task(&handle, options)?;
    println!("{id}: {:?}", finished.task().status());
    Ok(())
}

const KEY_ID: &str = "LTAI5dummyAccessKeyId";
const KEY_SECRET: &str = "dummySecretForLoopbackOnly";
