//! `BlockingChainProvider`.

use std::sync::{Barrier, Mutex, mpsc};
use std::thread;

use fc_credentials::BlockingChainProvider;
use fc_sign::BlockingCredentialsProvider;

use crate::fakes::{FakeEnvironment, FakeTransport, all_sources, connect_error, messages, now};

#[test]
fn the_blocking_chain_uses_the_first_configured_source() {
    let provider =
        BlockingChainProvider::new(FakeTransport::responding()).environment(all_sources());
    let found = provider.credentials(now()).unwrap();
    assert_eq!(found.access_key_id().as_str(), "FROM-ENVIRONMENT");
    let provider = BlockingChainProvider::new(FakeTransport::responding())
        .environment(FakeEnvironment::default());
    let found = provider.credentials(now()).unwrap();
    assert_eq!(found.access_key_id().as_str(), "FROM-ECS");
}

#[test]
fn concurrent_threads_share_one_load() {
    let transport = FakeTransport::responding();
    let provider =
        BlockingChainProvider::new(transport.clone()).environment(FakeEnvironment::default());
    let start = Barrier::new(16);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                start.wait();
                let found = provider.credentials(now()).unwrap();
                assert_eq!(found.access_key_id().as_str(), "FROM-ECS");
            });
        }
    });
    assert_eq!(
        transport.requests_sent().len(),
        3,
        "the requests of one load"
    );
}

#[test]
fn a_failed_load_wakes_the_threads_that_wait_for_it() {
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let transport = FakeTransport::new(move |_| {
        // Blocks until the test drops the sender.
        let _ = released.lock().unwrap().recv();
        Err(connect_error())
    });
    let provider = BlockingChainProvider::new(transport)
        .environment(FakeEnvironment::default().variable("ALIBABA_CLOUD_IMDSV1_DISABLED", "true"));
    let start = Barrier::new(5);
    thread::scope(|scope| {
        let call = || {
            start.wait();
            messages(&provider.credentials(now()).unwrap_err())
        };
        let calls = [(); 4].map(|()| scope.spawn(call));
        start.wait();
        drop(release);
        for call in calls {
            let messages = call.join().unwrap();
            assert_eq!(messages.last().unwrap(), "connect: connection refused");
        }
    });
}
