//! Many calls at once to a function that is an HTTP server.

use std::sync::atomic::Ordering;
use std::thread;

use crate::endpoint::{Connection, Endpoint};
use crate::http_server::{HttpServer, ok};

const CALLERS: usize = 64;
const CALLS: usize = 1_000;

/// The open descriptors of this process, where the system shows them.
fn descriptors() -> Option<usize> {
    std::fs::read_dir("/proc/self/fd").ok().map(Iterator::count)
}

/// Calls by all callers at once, each with a payload of its own. Returns how many answers were right.
fn calls(endpoint: &Endpoint, count: usize) -> usize {
    let address = endpoint.address();
    let caller = |number: usize| {
        let mut connection = Connection::to(address);
        let mine = (0..count).filter(|call| call % CALLERS == number);
        mine.filter(|call| {
            let payload = format!("call {call} {}", "x".repeat(call * 13 % 5_000));
            let answer = connection.call(payload.as_bytes());
            answer.status == 200 && answer.body == payload.as_bytes()
        })
        .count()
    };
    thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS)
            .map(|number| scope.spawn(move || caller(number)))
            .collect();
        let right = callers.into_iter().map(|caller| caller.join().unwrap());
        right.sum()
    })
}

#[test]
fn a_thousand_calls_sixty_four_at_a_time_are_all_answered_with_their_own_payload() {
    let server = HttpServer::start(|received| ok(&received.body));
    let endpoint = Endpoint::with(&server.url());
    assert_eq!(calls(&endpoint, CALLERS), CALLERS);
    let before = descriptors();
    assert_eq!(calls(&endpoint, CALLS), CALLS);
    // Other tests of this process open and close their own; a leak of one for each call would be a thousand.
    if let (Some(before), Some(after)) = (before, descriptors()) {
        assert!(
            after < before + CALLS / 4,
            "{before} descriptors, then {after}"
        );
    }
    let connections = server.connections.load(Ordering::Relaxed);
    assert!(connections < CALLS / 2, "{connections} connections");
}
