//! An asynchronous invocation, and the wait for its result, over hyper.
//!
//! It needs no network: `fcgate serve` plays the task on loopback and verifies every signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;
use std::time::Duration;

use fc_headers::InvocationType;
use fc_invoke::{Client, Endpoint, InvokeFunctionInput, Scheme, Target, WaitOptions};
use fc_local::{Options, Server};
use fc_response::FinishedTask;
use fc_sign::Credentials;
use fc_transport_hyper::HyperTransport;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = Server::start(([127, 0, 0, 1], 0).into(), Options::new(), |_| ())?;

    let endpoint: Endpoint = service.url().parse()?;
    let credentials = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    let client = Client::new(HyperTransport::http(), endpoint, Scheme::Acs3, credentials);

    // With a task id of your own the request can be sent again after a lost response: the service accepts an id once.
    let target = Target::v2023_03_30("task-retried".parse()?);
    let input = InvokeFunctionInput::builder(target)
        .invocation_type(InvocationType::Async)
        .stateful_async_invocation_id("order-4711".parse()?)
        .payload(r#"{"order":4711}"#)
        .build()?;
    let handle = client.invoke_async(&input).await?;
    println!("accepted: task {}", handle.task_id());

    // The default pauses are 1 s to 30 s. Here each poll moves the task to its next state.
    let options = WaitOptions::default()
        .first_pause(Duration::from_millis(10))
        .deadline(Duration::from_secs(600));
    match client.wait_for_task(&handle, options).await? {
        FinishedTask::Succeeded(task) => {
            let retries = task.already_retried_times().unwrap_or(0);
            println!("succeeded after {retries} retries of the service");
            for event in task.events() {
                println!("{:?}", event.status());
            }
        }
        // Failed, stopped, expired or invalid: an error.
        other => {
            other.into_result()?;
        }
    }
    Ok(())
}

const KEY_ID: &str = "LTAI5dummyAccessKeyId";
const KEY_SECRET: &str = "dummySecretForLoopbackOnly";
