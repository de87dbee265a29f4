//! Functions that run a command for each call.

use std::path::Path;
use std::thread;
use std::time::Duration;

use fcgate_http::clock;

use crate::endpoint::{Connection, Endpoint};

/// A function that runs a script of the shell.
fn shell(script: &str) -> Endpoint {
    Endpoint::with(&behaviour(script))
}

fn behaviour(script: &str) -> String {
    format!("exec:sh -c '{script}'")
}

/// Whether a process exists; a zombie does not count.
fn is_running(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn the_payload_is_standard_input_and_the_result_standard_output() {
    let payload: Vec<u8> = (0..6_000_000u32)
        .map(|number| number.to_le_bytes()[1])
        .collect();
    let endpoint = shell("cat; echo 1 >&2");
    let answer = endpoint.call(&payload);
    assert!(answer.status == 200 && answer.body == payload);
    assert_eq!(answer.function_log(), "1\n");
    assert_eq!(endpoint.call(b"").body, b"");
}

#[test]
fn another_exit_status_than_0_is_a_function_error_with_the_log() {
    let endpoint = shell("echo partial; echo no config >&2; exit 3");
    let answer = endpoint.call(b"");
    let (status, error_type, body) = answer.function_error();
    assert_eq!((status, error_type), (200, "UnhandledInvocationError"));
    assert!(
        body.starts_with("{\"errorMessage\":\"Process exited unexpectedly"),
        "{body}"
    );
    assert_eq!(answer.function_log(), "no config\n");
    let log = endpoint.log();
    assert!(log.contains("the process exited with status 3"), "{log}");
    assert!(
        log.contains("assumed: a process that exits with another status"),
        "{log}"
    );
    let endpoint = shell("kill -9 $$");
    endpoint.call(b"");
    let log = endpoint.log();
    assert!(
        log.contains("the process was killed by signal 9 (SIGKILL)"),
        "{log}"
    );
}

#[test]
fn a_process_that_does_not_read_its_input_or_writes_much_does_not_block() {
    let payload = vec![b'a'; 6_000_000];
    for (script, expected) in [
        ("echo ignored", "ignored\n"),
        ("exec <&-; echo closed", "closed\n"),
        ("head -c 5 >/dev/null; exec <&-; echo some", "some\n"),
        ("head -c 3000000 /dev/zero >&2; echo much", "much\n"),
        ("exec 2>&-; echo silent", "silent\n"),
    ] {
        let answer = shell(script).call(&payload);
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, expected),
            "{script}"
        );
        assert!(answer.log_tail().len() <= 4_096);
    }
    let answer = shell("echo early; exec 1>&-; cat >/dev/null").call(&payload);
    assert_eq!(
        answer.text(),
        "early\n",
        "stdout closed before the end of the process"
    );
}

#[test]
fn a_result_over_the_limit_of_the_service_is_a_function_error() {
    let answer = shell("head -c 33554432 /dev/zero").call(b"");
    assert_eq!((answer.status, answer.body.len()), (200, 32 << 20));
    for script in ["head -c 33554433 /dev/zero", "exec yes"] {
        let answer = shell(script).call(b"");
        let (status, error_type, body) = answer.function_error();
        assert_eq!((status, error_type), (200, "UnhandledInvocationError"));
        assert!(
            body.contains("larger than the limit of 33554432 bytes"),
            "{body}"
        );
    }
}

#[test]
fn the_time_limit_kills_the_process_and_its_descendants() {
    let script = "sleep 1000 & echo $! >&2; echo $$ >&2; wait";
    let limit = Duration::from_millis(700);
    let endpoint = Endpoint::of(behaviour(script).parse().unwrap(), limit);
    let start = clock::now();
    let answer = endpoint.call(b"");
    // A busy machine needs more than the limit, but not many times as much.
    assert!(start.elapsed() < Duration::from_secs(30));
    let (status, error_type, body) = answer.function_error();
    assert_eq!((status, error_type), (200, "UnhandledInvocationError"));
    assert!(
        body.starts_with("{\"errorMessage\":\"Function timed out after 0.7 seconds"),
        "{body}"
    );
    let log = answer.function_log();
    assert_eq!(log.lines().count(), 2, "the log before the end: {log}");
    for pid in log.lines() {
        assert!(!is_running(pid), "{pid}");
    }
}

#[test]
fn a_process_that_the_command_leaves_is_killed() {
    for script in [
        "sleep 1000 >/dev/null 2>&1 & echo $!",
        "sleep 1000 & echo $!",
    ] {
        let answer = shell(script).call(b"");
        assert_eq!(answer.status, 200);
        assert!(!is_running(&answer.text()), "{script}");
    }
}

#[test]
fn the_process_receives_the_variables_of_the_function() {
    let answer = shell("env").call(b"");
    let text = answer.text();
    let id = answer.header("x-fc-request-id").unwrap();
    for (name, value) in [
        ("FC_FUNCTION_NAME", "f"),
        ("FC_SERVICE_NAME", "s"),
        ("FC_QUALIFIER", "LATEST"),
        ("FC_FUNCTION_MEMORY_SIZE", "512"),
        ("FC_REGION", "cn-hangzhou"),
        ("FC_ACCOUNT_ID", "1234567890123456"),
        ("FC_REQUEST_ID", id),
    ] {
        let line = format!("{name}={value}");
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
    // Cargo sets this for the test; it is on no list.
    assert!(!text.contains("CARGO_MANIFEST_DIR"), "{text}");
    assert!(!text.contains("dummySecret"), "{text}");
}

#[test]
fn a_command_whose_program_vanishes_is_function_not_started() {
    let folder = std::env::temp_dir().join(format!("fc-local-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let program = folder.join("program");
    std::fs::copy("/bin/sh", &program).unwrap();
    let endpoint = Endpoint::with(&format!("exec:{} -c true", program.display()));
    std::fs::remove_dir_all(&folder).unwrap();
    let answer = endpoint.call(b"");
    assert_eq!(answer.status, 412);
    assert!(
        answer.text().contains("FunctionNotStarted"),
        "{}",
        answer.text()
    );
}

#[test]
fn the_end_of_the_endpoint_kills_the_processes_of_calls_that_run() {
    let folder = std::env::temp_dir().join(format!("fc-local-end-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let pipe = folder.join("pid");
    let shown = pipe.display();
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let endpoint = shell(&format!("echo $$ >{shown}; exec sleep 1000"));
    let address = endpoint.address();
    let caller =
        thread::spawn(move || std::panic::catch_unwind(|| Connection::to(address).call(b"")));
    // Opening the pipe waits for the process.
    let pid = std::fs::read_to_string(Path::new(&pipe)).unwrap();
    assert!(is_running(&pid));
    drop(endpoint);
    assert!(!is_running(&pid));
    drop(caller.join());
    std::fs::remove_dir_all(&folder).unwrap();
}
