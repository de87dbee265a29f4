//! A wait whose poll gets no answer, and a wait that is dropped, seen at the origin.

use std::time::Duration;

use fc_invoke::{AsyncTaskHandle, Client, Revision, Scheme};
use fc_sign::Credentials;
use fc_transport::ExchangeLimits;
use fc_transport_hyper::HyperTransport;
use fcgate_http::origin::{Connection, Origin, Script, Step};

use crate::life_cycles::{target, without_pauses};
use crate::task_client::{CLIENTS, KEY_ID, SECRET, client, runtime};

/// How long a test waits for an event that must occur. No result depends on its value.
const MAX_WAIT: Duration = Duration::from_secs(20);

fn silent() -> Origin {
    Origin::start(Script::every([Step::ReadRequest, Step::Stall])).unwrap()
}

fn handle() -> AsyncTaskHandle {
    let target = target(Revision::V2023_03_30, "demoFunction");
    AsyncTaskHandle::new(target, "t".parse().unwrap())
}

fn assert_all_connections_end(origin: &Origin) {
    let ended = |connections: &[Connection]| connections.iter().all(Connection::has_ended);
    let connections = origin.connections();
    assert!(origin.wait_until(MAX_WAIT, ended), "{connections:?}");
}

#[test]
fn the_deadline_of_a_wait_ends_a_poll_without_an_answer() {
    for name in CLIENTS {
        let origin = silent();
        let client = client(
            name,
            &origin.url(""),
            Scheme::Acs3,
            ExchangeLimits::default(),
        );
        let options = without_pauses().deadline(Duration::from_millis(300));
        let error = client.wait(&handle(), options).unwrap_err();
        assert!(
            error.is_deadline() && error.last_task().is_none(),
            "{name}: {error}"
        );
        drop(client);
        assert_all_connections_end(&origin);
    }
}

#[test]
fn a_dropped_wait_closes_its_connection_and_sends_nothing_more() {
    let origin = silent();
    let key = Credentials::new(KEY_ID.parse().unwrap(), SECRET.parse().unwrap());
    let endpoint = origin.url("").parse().unwrap();
    let client = Client::new(HyperTransport::http(), endpoint, Scheme::Acs3, key);
    let running = runtime().spawn({
        let client = client.clone();
        async move {
            client
                .wait_for_task(&handle(), without_pauses())
                .await
                .is_ok()
        }
    });
    let arrived = |connections: &[Connection]| {
        let requests = connections.iter().map(Connection::invocations);
        requests.sum::<usize>() == 1
    };
    assert!(origin.wait_until(MAX_WAIT, arrived));
    running.abort();
    assert!(runtime().block_on(running).unwrap_err().is_cancelled());
    assert_all_connections_end(&origin);
    assert_eq!((origin.connection_count(), origin.invocations()), (1, 1));
}
