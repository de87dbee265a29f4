//! The chain for blocking callers.

use std::sync::{Barrier, Mutex, mpsc};
use std::thread;

use fc_credentials::BlockingChainProvider;
use fc_sign::BlockingCredentialsProvider;

use crate::surroundings::{Script, Surroundings, everything, now, refused, texts};

#[test]
fn the_blocking_chain_finds_what_the_other_finds() {
    let provider = BlockingChainProvider::new(Script::all()).environment(everything());
    let found = provider.credentials(now()).unwrap();
    assert_eq!(found.access_key_id().as_str(), "FROM-ENVIRONMENT");
    let provider = BlockingChainProvider::new(Script::all()).environment(Surroundings::default());
    let found = provider.credentials(now()).unwrap();
    assert_eq!(found.access_key_id().as_str(), "FROM-ECS");
}

#[test]
fn threads_share_one_load() {
    let script = Script::all();
    let provider = BlockingChainProvider::new(script.clone()).environment(Surroundings::default());
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
    assert_eq!(script.asked().len(), 3, "the requests of one load");
}

#[test]
fn a_thread_that_waits_for_the_load_of_another_is_woken_by_its_failure() {
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let script = Script::new(move |_| {
        // Until the test drops the other end.
        let _ = released.lock().unwrap().recv();
        Err(refused())
    });
    let provider = BlockingChainProvider::new(script)
        .environment(Surroundings::default().variable("ALIBABA_CLOUD_IMDSV1_DISABLED", "true"));
    let start = Barrier::new(5);
    thread::scope(|scope| {
        let call = || {
            start.wait();
            texts(&provider.credentials(now()).unwrap_err())
        };
        let calls = [(); 4].map(|()| scope.spawn(call));
        start.wait();
        drop(release);
        for call in calls {
            let texts = call.join().unwrap();
            assert_eq!(texts.last().unwrap(), "connect: nobody is there");
        }
    });
}
