//! The connection of a call that waits for its function has a keepalive timer, where the HTTP library can set one.
//!
//! Linux shows the timers of its sockets in `/proc/net/tcp`.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use fc_transport::{BlockingTransport, DynTransport};
use fc_transport_hyper::HyperTransport;
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use fc_transport_ureq::{UreqTransport, config};
use fcgate_http::origin::{Connection, Origin, Script, Step};
use http::Request;

use crate::transports::{Backend, MAX_WAIT};

/// The unit of the times in `/proc/net/tcp`, on every architecture of today.
const TICK: Duration = Duration::from_millis(10);
const ESTABLISHED: &str = "01";
const KEEPALIVE_TIMER: &str = "02";
const NO_TIMER: &str = "00";

/// How often the table is read at most: an acknowledgement on loopback arrives at once.
const READS: u32 = 100_000;

/// The timer of a socket: its kind, and the time until it ends.
type Timer = (String, Duration);

/// The timers of the established connections to this address, of the sockets of the clients.
fn timers(address: SocketAddr) -> Vec<Timer> {
    let table = fs::read_to_string("/proc/net/tcp").unwrap();
    let remote = format!("0100007F:{:04X}", address.port());
    let of_line = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let is_client =
            fields.get(2) == Some(&remote.as_str()) && fields.get(3) == Some(&ESTABLISHED);
        let (kind, ticks) = fields.get(5).filter(|_| is_client)?.split_once(':')?;
        let ticks = u32::from_str_radix(ticks, 16).unwrap();
        Some((kind.to_owned(), TICK * ticks))
    };
    table.lines().filter_map(of_line).collect()
}

/// Sends a request, and returns the timer of its connection while it waits for the response.
///
/// The timer of a segment without an acknowledgement comes first, so the table is read until it is over.
fn timer_while_waiting(origin: &Origin) -> Timer {
    let waits = |connections: &[Connection]| connections.iter().any(|it| it.invocations() == 1);
    assert!(
        origin.wait_until(MAX_WAIT, waits),
        "{:?}",
        origin.connections()
    );
    let mut found = Vec::new();
    for _ in 0..READS {
        found = timers(origin.address());
        if let [(kind, left)] = found.as_slice()
            && (kind == KEEPALIVE_TIMER || kind == NO_TIMER)
        {
            return (kind.clone(), *left);
        }
        std::thread::yield_now();
    }
    panic!("another timer than expected: {found:?}");
}

fn request(origin: &Origin) -> Request<bytes::Bytes> {
    Request::post(origin.url("/f")).body("{}".into()).unwrap()
}

#[test]
fn the_connection_of_a_waiting_call_is_probed_after_15_seconds_except_with_ureq() {
    for backend in Backend::ALL {
        let origin = Origin::start(Script::every([Step::ReadRequest, Step::Stall])).unwrap();
        let timer = match backend {
            Backend::Hyper => waiting_timer(Arc::new(HyperTransport::http()), &origin),
            Backend::Reqwest => {
                let transport = ReqwestTransport::new(client_builder).unwrap();
                waiting_timer(Arc::new(transport), &origin)
            }
            Backend::Ureq => {
                let transport = UreqTransport::new(config().build().new_agent());
                let request = request(&origin);
                let origin_of_call = std::thread::spawn(move || transport.send(request).is_ok());
                let timer = timer_while_waiting(&origin);
                drop(origin);
                assert!(!origin_of_call.join().unwrap());
                assert_eq!(
                    timer.0, NO_TIMER,
                    "ureq has a keepalive now: change its documents"
                );
                continue;
            }
        };
        assert_eq!(timer.0, KEEPALIVE_TIMER, "{backend:?}");
        assert!(timer.1 <= Duration::from_secs(15), "{backend:?}: {timer:?}");
    }
}

fn waiting_timer(transport: Arc<dyn DynTransport>, origin: &Origin) -> Timer {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let request = request(origin);
    let call = runtime.spawn(async move { transport.send_boxed(request).await.is_ok() });
    let timer = timer_while_waiting(origin);
    call.abort();
    timer
}
