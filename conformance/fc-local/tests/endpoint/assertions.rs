//! `LocalEndpoint`: the assertions of a test in the process of the server.

use std::time::Duration;

use fc_local::{Call, FunctionSettings, LocalEndpoint, Reply, SignatureVerdict};

use super::support::{Signed, wait_for_state};

#[test]
fn a_closure_answers_and_its_calls_are_found_by_name() {
    let endpoint = LocalEndpoint::start().unwrap();
    let upper = |call: &Call| Reply::success(call.text().to_uppercase()).log("one line");
    endpoint.function("s/upper", upper).unwrap();
    let address = endpoint.server().address();
    let call = Signed::call("s%24upper", b"abc").header("x-fc-log-type", "Tail");
    let answer = call.send(address);
    assert_eq!(answer.body, "ABC");
    assert!(answer.header("x-fc-log-result").is_some());
    let calls = endpoint
        .wait_for_calls("upper", 1, Duration::from_secs(60))
        .unwrap();
    assert_eq!(calls[0].call.payload, b"abc");
    assert_eq!(calls[0].call.service.as_deref(), Some("s"));
    assert_eq!(calls[0].status, Some(200));
    assert!(endpoint.calls_of("t/upper").unwrap().is_empty());
    endpoint.verify().unwrap();
    endpoint.reset();
    assert!(endpoint.calls().is_empty());
}

#[test]
fn the_longest_times_are_no_panic() {
    let endpoint = LocalEndpoint::start().unwrap();
    let stopped = |call: &Call| Reply::success(call.wait_stopped(Duration::MAX).to_string());
    let mut settings = FunctionSettings::default();
    settings.time_limit = Duration::MAX;
    endpoint.function_with("f", settings, stopped).unwrap();
    let late = Reply::success("late").delay(Duration::MAX);
    endpoint.answer_next("g", [late]).unwrap();
    let address = endpoint.server().address();
    Signed::task("f", "t", b"").send(address);
    Signed::task("g", "u", b"").send(address);
    let waited = endpoint.wait_for_calls("f", 1, Duration::MAX);
    assert_eq!(waited.unwrap().len(), 1);
    for (function, id) in [("f", "t"), ("g", "u")] {
        wait_for_state(&endpoint, function, id, &["Running"]);
        Signed::stop_task(function, id).send(address);
        wait_for_state(&endpoint, function, id, &["Stopped"]);
    }
}

#[test]
fn verify_names_every_problem_with_the_log() {
    let endpoint = LocalEndpoint::start().unwrap();
    endpoint
        .function("f", |_: &Call| Reply::success(""))
        .unwrap();
    let address = endpoint.server().address();
    let mut wrong = Signed::call("f", b"");
    wrong.secret = "anotherSecret";
    assert_eq!(wrong.send(address).status, 403);
    assert_eq!(Signed::call("g", b"").send(address).status, 404);
    let mut action = Signed::call("f", b"");
    action.action = "GetAsyncTask";
    action.send(address);
    let error = endpoint.verify().unwrap_err();
    let problems = error.problems().join("\n");
    assert!(
        problems.contains("call 1 of f: the signature was refused (SignatureNotMatch)"),
        "{error}"
    );
    assert!(
        problems.contains("call 2 of g: the function does not exist"),
        "{error}"
    );
    assert!(
        problems.contains("call 3 of f: header.x-acs-action: expected"),
        "{error}"
    );
    assert!(error.to_string().contains("log of the endpoint"), "{error}");
    let refused = SignatureVerdict::Refused("SignatureNotMatch".to_owned());
    assert_eq!(endpoint.calls()[0].signature, refused);
    assert!(!error.to_string().contains("anotherSecret"));
    endpoint.reset();
    endpoint.verify().unwrap();
}

#[test]
fn next_answers_come_before_the_function() {
    let endpoint = LocalEndpoint::start().unwrap();
    endpoint
        .function("f", |_: &Call| Reply::success("usual"))
        .unwrap();
    let busy = Reply::service_error(429, "ResourceExhausted", "busy");
    endpoint
        .answer_next("f", [busy, Reply::success("next")])
        .unwrap();
    let send = || Signed::call("f", b"").send(endpoint.server().address());
    assert_eq!(send().status, 429);
    assert_eq!(send().body, "next");
    assert_eq!(send().body, "usual");
    assert!(endpoint.answer_next("no name", []).is_err());
    assert!(
        endpoint
            .wait_for_calls("no name", 1, Duration::ZERO)
            .is_err()
    );
}
