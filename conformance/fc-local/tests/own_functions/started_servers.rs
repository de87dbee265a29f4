//! Servers of functions that the endpoint starts and ends.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use fc_local::{Behaviour, ServerCommand};

use crate::endpoint::Endpoint;
use crate::http_server::{self, ok};

/// The server of the other tests: this program is started again with the name of this test.
#[test]
#[ignore = "the server of the other tests, not a test"]
fn serve() {
    #[expect(clippy::disallowed_methods, reason = "the contract of custom runtimes")]
    let port = std::env::var("FC_SERVER_PORT").unwrap();
    let listener = TcpListener::bind(("127.0.0.1", port.parse().unwrap())).unwrap();
    let answer = |received: &http_server::Received, stream: &mut std::net::TcpStream| {
        let payload = String::from_utf8_lossy(&received.body);
        writeln!(std::io::stderr(), "log of {payload}").unwrap();
        match &*payload {
            "die" => std::process::exit(7),
            "abort" => std::process::abort(),
            "die after the answer" => {
                stream.write_all(&ok(b"last")).unwrap();
                std::process::exit(0)
            }
            "pid" => stream
                .write_all(&ok(std::process::id().to_string().as_bytes()))
                .unwrap(),
            _ => stream.write_all(&ok(payload.as_bytes())).unwrap(),
        }
        true
    };
    let answer: Arc<http_server::Answer> = Arc::new(answer);
    http_server::serve(&listener, &AtomicUsize::new(0), &answer);
}

fn this_program() -> String {
    let program = std::env::current_exe().unwrap();
    format!(
        "'{}' --exact started_servers::serve --ignored --nocapture",
        program.display()
    )
}

fn started(url: &str, command: &str, limit: Duration) -> Behaviour {
    let command: ServerCommand = command.parse().unwrap();
    let behaviour: Behaviour = url.parse().unwrap();
    behaviour.started_by(command.start_limit(limit)).unwrap()
}

fn endpoint() -> Endpoint {
    let limit = Duration::from_secs(60);
    Endpoint::of(started("http://127.0.0.1:0", &this_program(), limit), limit)
}

fn start_error(behaviour: Behaviour) -> String {
    let started = Endpoint::start(behaviour, Duration::from_secs(60));
    started.err().unwrap().to_string()
}

#[cfg(target_os = "linux")]
fn is_running(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn what_the_process_writes_during_a_call_is_its_log() {
    let endpoint = endpoint();
    for payload in ["first", "second"] {
        let answer = endpoint.call(payload.as_bytes());
        assert_eq!((answer.status, answer.text().as_str()), (200, payload));
        assert_eq!(answer.function_log(), format!("log of {payload}\n"));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_process_that_dies_during_a_call_is_a_function_error_and_the_next_call_starts_it_again() {
    let endpoint = endpoint();
    let mut pids = Vec::new();
    for (payload, ending) in [
        ("die", "exited with status 7"),
        ("abort", "was killed by signal 6 (SIGABRT)"),
    ] {
        pids.push(endpoint.call(b"pid").text());
        let answer = endpoint.call(payload.as_bytes());
        let (status, error_type, body) = answer.function_error();
        assert_eq!(
            (status, error_type),
            (200, "UnhandledInvocationError"),
            "{body}"
        );
        assert!(
            body.contains("Process exited unexpectedly before completing request"),
            "{body}"
        );
        assert_eq!(answer.function_log(), format!("log of {payload}\n"));
        let log = endpoint.log();
        let expected =
            format!("the process of the function {ending}; the next call starts it again");
        assert!(log.contains(&expected), "{log}");
    }
    pids.push(endpoint.call(b"pid").text());
    assert!(endpoint.log().contains("it was started again: "));
    // It exits between two calls: the next call does not fail.
    assert_eq!(endpoint.call(b"die after the answer").text(), "last");
    // The endpoint knows of the exit when it has reaped the process.
    let exited = format!("/proc/{}", pids.last().unwrap());
    while std::path::Path::new(&exited).exists() {
        std::thread::yield_now();
    }
    let answer = endpoint.call(b"pid");
    assert_eq!(answer.status, 200, "{}", answer.text());
    pids.push(answer.text());
    let (last, earlier) = pids.split_last().unwrap();
    assert!(earlier.iter().all(|pid| pid != last && !is_running(pid)));
    assert!(is_running(last), "{last} of {pids:?}: {}", endpoint.log());
    drop(endpoint);
    assert!(!is_running(last));
}

#[test]
#[cfg(unix)]
fn a_process_that_exits_before_it_listens_is_reported_with_its_last_lines() {
    let command = "sh -c 'echo starting; echo no config >&2; exit 3'";
    let limit = Duration::from_secs(60);
    let error = start_error(started("http://127.0.0.1:0", command, limit));
    assert!(error.starts_with("the function f: `sh -c "), "{error}");
    assert!(
        error.contains("exited with status 3 before it listened on port "),
        "{error}"
    );
    assert!(
        error.contains("no config") && error.contains("starting"),
        "{error}"
    );
}

#[test]
#[cfg(unix)]
fn a_process_that_does_not_listen_in_time_is_reported_and_ended() {
    let limit = Duration::from_millis(200);
    let error = start_error(started("http://127.0.0.1:0", "sleep 1000", limit));
    assert!(
        error.contains("`sleep 1000` did not listen on http://127.0.0.1:"),
        "{error}"
    );
    assert!(error.contains("within 200ms"), "{error}");
    assert!(error.ends_with("it wrote nothing"), "{error}");
}

#[test]
fn the_behaviour_start_is_a_server_at_a_free_port() {
    let endpoint = Endpoint::with(&format!("start:{}", this_program()));
    assert_eq!(endpoint.call(b"payload").text(), "payload");
    let behaviour: Behaviour = "start:cargo run".parse().unwrap();
    let text = behaviour.to_string();
    assert!(text.starts_with("http://127.0.0.1:"), "{text}");
    assert!(text.ends_with(", started by: cargo run"), "{text}");
}

#[test]
fn a_port_that_another_process_uses_is_reported() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let error = start_error(started(&url, &this_program(), Duration::from_secs(60)));
    assert!(
        error.contains("but another process does already"),
        "{error}"
    );
}

#[test]
fn only_a_server_on_this_machine_can_be_started() {
    let command: ServerCommand = this_program().parse().unwrap();
    let echo: Behaviour = "echo".parse().unwrap();
    let error = echo.started_by(command).unwrap_err().to_string();
    assert!(error.ends_with("found 'echo'"), "{error}");
    let free: Behaviour = "http://127.0.0.1:0".parse().unwrap();
    let error = start_error(free);
    assert!(
        error.contains("port 0, a free one, needs a command"),
        "{error}"
    );
}
