//! Answers beyond an HTTP server: scripts on raw connections, several answers, the target of a redirect.

use fcgate_cases::corpus::{Act, Answer, CannedAnswer, InvokeGiven, Stimulus};
use fcgate_cases::judge::{Arrival, Arrivals};
use fcgate_protocol::Implementation as _;
use fcgate_protocol::{HeaderList, InvokeInput, Outcome, OutcomeKind, Reply, TransportClass};
use fcgate_reference::Reference;
use fcgate_runner::endpoint::{Address, Endpoint};

use crate::exchange::exchange;
use crate::judged::failed;
use crate::small_corpus::small_corpus;

fn given(answers: &[Answer]) -> InvokeGiven {
    let corpus = small_corpus();
    let Stimulus::Invoke { given, .. } = &corpus.case("invoke.basic.sync").unwrap().stimulus else {
        panic!("it is an invoke case");
    };
    let mut given = given.clone();
    given.answers = answers.to_vec();
    given
}

fn script(acts: &[Act]) -> Answer {
    Answer::Script(acts.to_vec())
}

fn send(text: &str) -> Act {
    Act::Send(text.to_owned())
}

/// The outcome of the reference, and the requests that arrived.
fn played(given: &InvokeGiven) -> (Outcome, Arrivals) {
    let endpoint = Endpoint::start().unwrap();
    let address = endpoint.expect("a", given).unwrap();
    let outcome = outcome(&given.input(&address.uri, &address.function));
    (outcome, endpoint.close(&address))
}

fn outcome(input: &InvokeInput) -> Outcome {
    match Reference.invoke(input) {
        Reply::Ok(output) => output.outcome,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_script_is_played_byte_for_byte_and_its_request_is_verified() {
    let given = given(&[script(&[
        send("HTTP/1.1 200 OK\r\nX-Fc-Request-Id: r\r\nContent-Length: 6\r\n\r\n"),
        Act::SendBytes(vec![0xff; 3]),
        Act::PauseMs(5),
        send("abc"),
    ])]);
    let (outcome, arrivals) = played(&given);
    assert_eq!(outcome.payload.unwrap(), b"\xff\xff\xffabc");
    assert_eq!(arrivals.requests.len(), 1);
    assert!(failed(&given, &arrivals).is_empty());
}

#[test]
fn a_cut_answer_is_a_transport_error() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    for end in [Act::Close, Act::Reset] {
        let (outcome, arrivals) = played(&given(&[script(&[send(cut), end])]));
        assert_eq!(outcome.kind, OutcomeKind::TransportError);
        assert_eq!(outcome.class, Some(TransportClass::Truncated));
        assert_eq!(arrivals.requests.len(), 1);
    }
}

#[test]
fn each_request_gets_its_own_answer_and_the_last_repeats() {
    let canned = |status| {
        let answer = CannedAnswer::new(status, "");
        Answer::Canned(answer.header("X-Fc-Request-Id", "r"))
    };
    for answers in [
        vec![canned(500), canned(429), canned(200)],
        vec![script(&[Act::Reset]), canned(500), canned(200)],
        vec![script(&[Act::Reset]), canned(503)],
    ] {
        let mut given = given(&answers);
        let retry = serde_json::json!({"max_attempts": 3, "idempotent": true});
        given.retry = serde_json::from_value(retry).unwrap();
        let (outcome, arrivals) = played(&given);
        let last = answers.len() == 3;
        assert_eq!(outcome.kind == OutcomeKind::Completed, last, "{outcome:?}");
        assert_eq!(arrivals.requests.len(), 3);
        assert!(failed(&given, &arrivals).is_empty());
    }
}

#[test]
fn the_raw_origin_reports_a_wrong_signature_too() {
    let endpoint = Endpoint::start().unwrap();
    let given = given(&[script(&[Act::Close])]);
    let address = endpoint.expect("a", &given).unwrap();
    let mut wrong = given.clone();
    wrong.credentials.access_key_secret.push('x');
    outcome(&wrong.input(&address.uri, &address.function));
    outcome(&given.input(&address.uri, "another"));
    let arrivals = endpoint.close(&address);
    insta::assert_snapshot!(failed(&given, &arrivals).join("\n"), @r"
    arrived.again.path: /2021-04-06/services/demoService/functions/another/invocations
    arrived.verifies: the signature does not match this method, target and headers
    ");
}

#[test]
fn a_client_that_follows_a_redirect_is_recorded_at_its_target() {
    let endpoint = Endpoint::start().unwrap();
    let moved = "HTTP/1.1 307 Moved\r\nLocation: {elsewhere}/x\r\nContent-Length: 0\r\n\r\n";
    let given = given(&[script(&[send(moved)])]);
    let address = endpoint.expect("a", &given).unwrap();
    let Address { uri, function } = &address;
    let (status, headers, _) = exchange(
        uri,
        &format!("/functions/{function}"),
        &HeaderList::new(),
        b"",
    );
    let location = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("location"));
    let (place, path) = location.unwrap().1.rsplit_once('/').unwrap();
    assert_eq!((status, path), (307, "x"));
    assert_eq!(exchange(place, "/x", &HeaderList::new(), b"").0, 200);
    let arrivals = endpoint.close(&address);
    let [Arrival::Request(_), Arrival::Redirected(Some(redirected))] = arrivals.requests.as_slice()
    else {
        panic!("{arrivals:?}");
    };
    assert_eq!(redirected.target, "/x");
}

#[test]
fn the_refuse_answer_refuses_connections() {
    let (outcome, arrivals) = played(&given(&[script(&[Act::Refuse])]));
    assert_eq!(outcome.class, Some(TransportClass::Connect));
    assert!(arrivals.requests.is_empty());
}

#[test]
fn a_request_after_the_answer_is_late_at_the_raw_origin_too() {
    let endpoint = Endpoint::start().unwrap();
    let given = given(&[script(&[Act::Close])]);
    let address = endpoint.expect("a", &given).unwrap();
    let input = given.input(&address.uri, &address.function);
    outcome(&input);
    assert_eq!(endpoint.close(&address).requests.len(), 1);
    assert_eq!(endpoint.late("a"), 0);
    outcome(&input);
    assert_eq!(endpoint.late("a"), 1);
}
