//! Deadlines and cancellation, seen at an origin that never answers.

use std::time::Duration;

use fc_invoke::{
    BlockingClient, Client, DeadlinePhase, Endpoint, InvokeError, InvokeErrorKind,
    InvokeFunctionInput, InvokeOptions, RetryPolicy, Scheme, Target,
};
use fc_sign::Credentials;
use fc_transport::{ExchangeLimits, Transport};
use fc_transport_hyper::HyperTransport;
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use fc_transport_ureq::{UreqTransport, config};
use fcgate_http::origin::{Connection, Origin, Script, Step};

const MAX_WAIT: Duration = Duration::from_secs(20);
const DEADLINE: Duration = Duration::from_millis(300);

fn silent() -> Origin {
    Origin::start(Script::every([Step::ReadRequest, Step::Stall])).unwrap()
}

fn endpoint(origin: &Origin) -> Endpoint {
    origin.url("/").parse().unwrap()
}

fn key() -> Credentials {
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    Credentials::new("FCTESTACCESSKEYID01".parse().unwrap(), secret)
}

fn input() -> InvokeFunctionInput {
    let target = Target::new("svc".parse().unwrap(), "fn".parse().unwrap());
    InvokeFunctionInput::builder(target).build().unwrap()
}

/// Options that allow many retries without waits.
fn retrying() -> InvokeOptions {
    let policy = RetryPolicy::default()
        .max_attempts(u32::MAX)
        .base(Duration::ZERO);
    InvokeOptions::default().idempotent().retry_policy(policy)
}

fn reqwest() -> ReqwestTransport {
    ReqwestTransport::new(client_builder).unwrap()
}

fn phase(error: &InvokeError) -> DeadlinePhase {
    match error.kind() {
        InvokeErrorKind::Deadline(error) => error.phase(),
        other => panic!("{other:?}"),
    }
}

/// Blocks the thread of the test; the other threads of the runtime close the connections.
fn assert_all_connections_end(origin: &Origin) {
    let ended = |connections: &[Connection]| connections.iter().all(Connection::has_ended);
    assert!(
        origin.wait_until(MAX_WAIT, ended),
        "{:?}",
        origin.connections()
    );
}

async fn assert_deadline_closes_the_connection(transport: impl Transport) {
    let origin = silent();
    let client = Client::new(transport, endpoint(&origin), Scheme::Fc, key()).deadline(DEADLINE);
    let error = client.invoke_with(&input(), retrying()).await.unwrap_err();
    assert_eq!(phase(&error), DeadlinePhase::Attempt);
    assert!(error.may_have_run() && !error.is_retryable());
    drop(client);
    assert_all_connections_end(&origin);
    assert!(origin.invocations() <= 1, "one attempt");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_closes_the_connection_of_hyper() {
    assert_deadline_closes_the_connection(HyperTransport::http()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_closes_the_connection_of_reqwest() {
    assert_deadline_closes_the_connection(reqwest()).await;
}

#[test]
fn a_deadline_closes_the_connection_of_ureq() {
    let origin = silent();
    let transport = UreqTransport::new(config().build().new_agent());
    let client = BlockingClient::new(transport, endpoint(&origin), Scheme::Fc, key());
    let client = client.deadline(DEADLINE);
    let error = client.invoke_with(&input(), retrying()).unwrap_err();
    assert_eq!(phase(&error), DeadlinePhase::Attempt);
    drop(client);
    assert_all_connections_end(&origin);
    assert!(origin.invocations() <= 1, "one attempt");
}

/// Without a deadline these invocations would retry for ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_ends_the_retries_of_attempts_with_a_shorter_limit() {
    let limits = ExchangeLimits::default().total(Duration::from_millis(50));
    let origin = silent();
    let transport = HyperTransport::http().limits(limits);
    let client = Client::new(transport, endpoint(&origin), Scheme::Acs3, key());
    let error = client
        .deadline(DEADLINE)
        .invoke_with(&input(), retrying())
        .await;
    phase(&error.unwrap_err());
    assert_all_connections_end(&origin);
    let transport = UreqTransport::new(config().build().new_agent()).limits(limits);
    let client = BlockingClient::new(transport, endpoint(&origin), Scheme::Acs3, key());
    let error = client.deadline(DEADLINE).invoke_with(&input(), retrying());
    phase(&error.unwrap_err());
}

async fn assert_drop_cancels(transport: impl Transport + 'static) {
    let origin = silent();
    let client = Client::new(transport, endpoint(&origin), Scheme::Fc, key());
    let running = tokio::spawn({
        let client = client.clone();
        async move { client.invoke_with(&input(), retrying()).await.is_ok() }
    });
    let arrived = |connections: &[Connection]| {
        connections
            .iter()
            .map(Connection::invocations)
            .sum::<usize>()
            == 1
    };
    assert!(
        origin.wait_until(MAX_WAIT, arrived),
        "{:?}",
        origin.connections()
    );
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert_all_connections_end(&origin);
    assert_eq!((origin.connection_count(), origin.invocations()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_invocation_closes_its_connection_and_sends_nothing_more_over_hyper() {
    assert_drop_cancels(HyperTransport::http()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_invocation_closes_its_connection_and_sends_nothing_more_over_reqwest() {
    assert_drop_cancels(reqwest()).await;
}
