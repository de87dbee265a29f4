//! Asynchronous calls of own functions: they run in the background, and their tasks have real states.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fc_local::{Call, CallKind, FunctionSettings, LocalEndpoint, Options, Reply};
use serde_json::Value;

use super::support::{Answer, Signed, wait_for_state};

const LONG: Duration = Duration::from_secs(60);

fn send(endpoint: &LocalEndpoint, request: &Signed<'_>) -> Answer {
    request.send(endpoint.server().address())
}

/// A function whose calls wait: it says which call runs, and waits for the word to go on.
fn gated() -> (impl Fn(&Call) -> Reply, Receiver<String>, Sender<()>) {
    let (running, started) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let released = Mutex::new(released);
    let function = move |call: &Call| {
        running.send(call.text()).unwrap();
        let _ = released.lock().unwrap().recv();
        Reply::success(format!("done {}", call.text()))
    };
    (function, started, release)
}

#[test]
fn a_call_is_answered_before_it_runs_and_its_task_has_the_result() {
    let endpoint = LocalEndpoint::start().unwrap();
    let (function, started, release) = gated();
    endpoint.function("f", function).unwrap();
    let answer = send(&endpoint, &Signed::task("f", "t1", b"a"));
    assert_eq!((answer.status, answer.body.as_str()), (202, ""));
    assert_eq!(started.recv_timeout(LONG).unwrap(), "a");
    let again = send(&endpoint, &Signed::task("f", "t1", b"b"));
    assert_eq!(again.status, 409, "{again:?}");
    let running = wait_for_state(&endpoint, "f", "t1", &["Running"]);
    assert_ne!(running["startedTime"], 0);
    assert_eq!(running["endTime"], 0);
    release.send(()).unwrap();
    let task = wait_for_state(&endpoint, "f", "t1", &["Succeeded"]);
    assert_eq!(task["returnPayload"], "done a");
    assert_eq!(task["taskPayload"], "a");
    assert_eq!(task["alreadyRetriedTimes"], 0);
    assert!(task["endTime"].as_i64() >= task["startedTime"].as_i64());
    assert_eq!(
        endpoint.calls_of("f").unwrap()[0].call.kind,
        CallKind::Async
    );
    assert!(started.try_recv().is_err(), "the refused call did not run");
}

#[test]
fn with_a_concurrency_of_one_calls_run_one_after_another_in_their_order() {
    let endpoint = LocalEndpoint::start().unwrap();
    let (function, started, release) = gated();
    let mut settings = FunctionSettings::default();
    settings.concurrency = 1;
    endpoint.function_with("f", settings, function).unwrap();
    for id in ["t1", "t2", "t3"] {
        assert_eq!(
            send(&endpoint, &Signed::task("f", id, id.as_bytes())).status,
            202
        );
    }
    for id in ["t1", "t2", "t3"] {
        assert_eq!(started.recv_timeout(LONG).unwrap(), id);
        assert!(started.try_recv().is_err(), "only one runs");
        if id == "t1" {
            wait_for_state(&endpoint, "f", "t2", &["Enqueued"]);
        }
        release.send(()).unwrap();
        wait_for_state(&endpoint, "f", id, &["Succeeded"]);
    }
}

#[test]
fn by_default_calls_run_side_by_side() {
    let endpoint = LocalEndpoint::start().unwrap();
    let (function, started, release) = gated();
    endpoint.function("f", function).unwrap();
    for id in ["t1", "t2"] {
        send(&endpoint, &Signed::task("f", id, b""));
    }
    // Both run before one is released.
    for _ in 0..2 {
        started.recv_timeout(LONG).unwrap();
    }
    drop(release);
    for id in ["t1", "t2"] {
        wait_for_state(&endpoint, "f", id, &["Succeeded"]);
    }
}

/// A function that fails some times, and counts its runs.
fn failing(times: usize, failure: Reply) -> (impl Fn(&Call) -> Reply, Arc<AtomicUsize>) {
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let function = move |_: &Call| {
        let run = counted.fetch_add(1, Ordering::SeqCst);
        if run < times {
            failure.clone()
        } else {
            Reply::success("at last")
        }
    };
    (function, runs)
}

fn states(task: &Value) -> Vec<&str> {
    let events = task["events"].as_array().unwrap().iter();
    events
        .map(|event| event["status"].as_str().unwrap())
        .collect()
}

#[test]
fn a_failed_call_is_run_again_only_as_often_as_its_function_allows() {
    let endpoint = LocalEndpoint::start().unwrap();
    let error = || Reply::function_error("HandledInvocationError", "no");
    let busy = || Reply::service_error(429, "ResourceExhausted", "busy");
    for (name, retries, times, failure, state, runs, message) in [
        (
            "never",
            0,
            9,
            error(),
            "Failed",
            1,
            "HandledInvocationError",
        ),
        ("twice", 2, 2, error(), "Succeeded", 3, ""),
        ("toofew", 1, 9, busy(), "Failed", 2, "ResourceExhausted"),
    ] {
        let (function, counted) = failing(times, failure);
        let mut settings = FunctionSettings::default();
        settings.retries = retries;
        endpoint.function_with(name, settings, function).unwrap();
        send(&endpoint, &Signed::task(name, "t", b""));
        let task = wait_for_state(&endpoint, name, "t", &["Succeeded", "Failed"]);
        assert_eq!(task["status"], state, "{task}");
        assert_eq!(counted.load(Ordering::SeqCst), runs);
        assert_eq!(task["alreadyRetriedTimes"], retries);
        assert_eq!(
            task["taskErrorMessage"].as_str().unwrap_or_default(),
            message
        );
        let expected = std::iter::once("Enqueued")
            .chain(
                ["Running", "Retrying"]
                    .into_iter()
                    .cycle()
                    .take(2 * runs - 1),
            )
            .chain([state]);
        assert_eq!(states(&task), expected.collect::<Vec<_>>());
    }
}

#[test]
fn a_panic_is_a_failure_of_the_call_and_not_of_the_server() {
    let endpoint = LocalEndpoint::start().unwrap();
    endpoint
        .function("f", |_: &Call| -> Reply { panic!("on purpose") })
        .unwrap();
    send(&endpoint, &Signed::task("f", "t", b""));
    let task = wait_for_state(&endpoint, "f", "t", &["Failed"]);
    assert_eq!(task["taskErrorMessage"], "UnhandledInvocationError");
    let answer = send(&endpoint, &Signed::call("f", b""));
    assert_eq!(
        answer.header("x-fc-error-type"),
        Some("UnhandledInvocationError")
    );
}

#[test]
fn a_stop_ends_a_call_that_runs_and_one_that_waits() {
    let endpoint = LocalEndpoint::start().unwrap();
    let (running, started) = mpsc::channel();
    let function = move |call: &Call| {
        running.send(()).unwrap();
        assert!(call.wait_stopped(LONG));
        Reply::success("not used")
    };
    let mut settings = FunctionSettings::default();
    settings.concurrency = 1;
    endpoint.function_with("f", settings, function).unwrap();
    for id in ["t1", "t2"] {
        send(&endpoint, &Signed::task("f", id, b""));
    }
    started.recv_timeout(LONG).unwrap();
    let stopped = send(&endpoint, &Signed::stop_task("f", "t2"));
    assert_eq!(stopped.status, 200);
    let waiting = wait_for_state(&endpoint, "f", "t2", &["Stopped"]);
    assert_eq!(states(&waiting), ["Enqueued", "Stopping", "Stopped"]);
    assert_eq!(send(&endpoint, &Signed::stop_task("f", "t1")).status, 200);
    let task = wait_for_state(&endpoint, "f", "t1", &["Stopped"]);
    assert_eq!(
        states(&task),
        ["Enqueued", "Running", "Stopping", "Stopped"]
    );
    assert_eq!(task.get("returnPayload"), None);
    assert_eq!(send(&endpoint, &Signed::stop_task("f", "t1")).status, 412);
    assert!(started.try_recv().is_err(), "the stopped call never ran");
}

#[test]
fn a_delay_of_a_reply_ends_with_the_stop() {
    let endpoint = LocalEndpoint::start().unwrap();
    let reply = Reply::success("late").delay(LONG);
    endpoint.answer_next("f", [reply]).unwrap();
    send(&endpoint, &Signed::task("f", "t", b""));
    wait_for_state(&endpoint, "f", "t", &["Running"]);
    send(&endpoint, &Signed::stop_task("f", "t"));
    wait_for_state(&endpoint, "f", "t", &["Stopped"]);
}

#[test]
#[cfg(unix)]
fn a_stop_kills_the_process_of_a_command() {
    let endpoint = LocalEndpoint::start().unwrap();
    let behaviour = "exec:sleep 600".parse().unwrap();
    endpoint.server().function("f".parse().unwrap(), behaviour);
    send(&endpoint, &Signed::task("f", "t", b""));
    wait_for_state(&endpoint, "f", "t", &["Running"]);
    send(&endpoint, &Signed::stop_task("f", "t"));
    wait_for_state(&endpoint, "f", "t", &["Stopped"]);
}

#[test]
#[cfg(unix)]
fn the_end_of_the_server_waits_for_commands_that_run() {
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("written");
    let command = format!("exec:sh -c 'sleep 0.3; touch {}'", written.display());
    let endpoint = LocalEndpoint::start().unwrap();
    let behaviour = command.parse().unwrap();
    endpoint.server().function("f".parse().unwrap(), behaviour);
    send(&endpoint, &Signed::task("f", "t", b""));
    wait_for_state(&endpoint, "f", "t", &["Running"]);
    drop(endpoint);
    assert!(written.exists());
}

#[test]
fn beyond_the_queue_a_call_is_refused_and_leaves_no_task() {
    let endpoint = LocalEndpoint::start().unwrap();
    let (function, started, release) = gated();
    let mut settings = FunctionSettings::default();
    settings.concurrency = 1;
    endpoint.function_with("f", settings, function).unwrap();
    for number in 0..1_000 {
        let id = format!("t{number}");
        assert_eq!(send(&endpoint, &Signed::task("f", &id, b"")).status, 202);
    }
    let answer = send(&endpoint, &Signed::task("f", "more", b""));
    assert_eq!(answer.status, 429, "{answer:?}");
    assert!(answer.body.contains("ResourceExhausted"), "{answer:?}");
    assert_eq!(send(&endpoint, &Signed::get_task("f", "more")).status, 404);
    assert!(
        endpoint
            .log()
            .contains("assumed: no source has the answer to an asynchronous call")
    );
    drop(release);
    started.recv_timeout(LONG).unwrap();
    wait_for_state(&endpoint, "f", "t999", &["Succeeded"]);
    assert_eq!(send(&endpoint, &Signed::task("f", "more", b"")).status, 202);
}

#[test]
fn the_end_of_the_server_stops_calls_and_names_them_in_the_log() {
    let log = Arc::new(Mutex::new(String::new()));
    let mut options = Options::new();
    options.limits.background = Duration::ZERO;
    let blocks = Arc::clone(&log);
    let server = fc_local::Server::start(([127, 0, 0, 1], 0).into(), options, move |block| {
        blocks.lock().unwrap().push_str(block);
    });
    let server = server.unwrap();
    let (running, started) = mpsc::channel();
    let function = move |call: &Call| {
        running.send(()).unwrap();
        let _ = call.wait_stopped(LONG);
        Reply::success("")
    };
    server.function("f".parse().unwrap(), fc_local::Behaviour::of(function));
    assert_eq!(
        Signed::task("f", "t", b"").send(server.address()).status,
        202
    );
    started.recv_timeout(LONG).unwrap();
    let corpus = fcgate_cases::corpus::Corpus::embedded().unwrap();
    let results = server.end(&corpus, fc_conformance::verdict::Rules::new());
    let warnings = results.report.warnings.join("\n");
    assert!(
        warnings.contains("1 asynchronous call had not ended"),
        "{warnings}"
    );
    let log = log.lock().unwrap();
    assert!(
        log.contains("of f: stopped while it ran: the server ended"),
        "{log}"
    );
}
