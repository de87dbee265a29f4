//! A server without descriptors, without threads, or with a log that is not read: it goes on answering.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::binary::Serving;
use super::client::{Request, lines};

/// Opens connections without a request; then a request on another connection is answered.
fn is_answered_among_idle_connections(serving: &Serving, count: usize) {
    let idle: Vec<TcpStream> = (0..count)
        .map(|_| TcpStream::connect(serving.address).unwrap())
        .collect();
    let answer = Request::of("echo").now().send(serving.address);
    assert_eq!(answer.status(), 200);
    drop(idle);
    let answer = Request::of("echo").now().send(serving.address);
    assert_eq!(answer.status(), 200);
}

#[test]
fn a_server_without_descriptors_goes_on_and_the_run_is_incomplete() {
    let serving = Serving::start_under("ulimit -n 16");
    is_answered_among_idle_connections(&serving, 40);
    let (code, out, _) = serving.interrupt();
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("accepting connections failed"), "{out}");
}

/// Each thread needs address space for its stack. The stacks are large, so that enough memory is left for everything else.
#[cfg(target_os = "linux")]
#[test]
fn a_server_without_threads_goes_on_and_the_run_is_incomplete() {
    let serving = Serving::start_under(
        "export MALLOC_ARENA_MAX=1 RUST_MIN_STACK=536870912; ulimit -v 4000000",
    );
    is_answered_among_idle_connections(&serving, 30);
    let (code, out, _) = serving.interrupt();
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("starting a thread failed"), "{out}");
}

/// Sends a request so many times on one connection, and reads all answers.
fn send_many(serving: &Serving, requests: &[Vec<u8>]) -> String {
    let mut stream = TcpStream::connect(serving.address).unwrap();
    let timeout = Some(Duration::from_secs(60));
    stream.set_read_timeout(timeout).unwrap();
    let mut output = stream.try_clone().unwrap();
    let mut answers = String::new();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for request in requests {
                output.write_all(request).unwrap();
            }
            output.shutdown(std::net::Shutdown::Write).unwrap();
        });
        stream.read_to_string(&mut answers).unwrap();
    });
    answers
}

fn bytes(serving: &Serving, request: &Request) -> Vec<u8> {
    let headers = lines(&request.signed(&serving.address.to_string()));
    let target = &request.target;
    format!("POST {target} HTTP/1.1\r\n{headers}Content-Length: 0\r\n\r\n").into_bytes()
}

#[test]
fn a_log_that_is_not_read_delays_no_answer_and_fails_the_run() {
    // The test reads standard error only after the server has ended.
    let serving = Serving::start(&[]);
    let request = bytes(&serving, &Request::of("echo").now());
    // A pipe holds 64 KiB.
    let answers = send_many(&serving, &vec![request; 2_000]);
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 2_000);
    let (code, out, _) = serving.interrupt();
    assert_eq!(code, 4, "{out}");
    assert!(out.contains("standard error was not read"), "{out}");
}

#[cfg(target_os = "linux")]
#[test]
fn descriptors_and_threads_do_not_grow_over_many_requests_with_garbage() {
    let serving = Serving::start_under("exec 2>/dev/null");
    let pid = serving.child.id();
    let count = |folder: &str| {
        let folder = format!("/proc/{pid}/{folder}");
        std::fs::read_dir(folder).unwrap().count()
    };
    let right = bytes(&serving, &Request::of("echo").now());
    let round = || {
        let mut requests = vec![right.clone(); 9];
        requests.push(b"G A R B A G E\r\n\r\n".to_vec());
        let answers = send_many(&serving, &requests);
        assert_eq!(answers.matches("HTTP/1.1 200").count(), 9, "{answers}");
        assert_eq!(answers.matches("HTTP/1.1 400").count(), 1, "{answers}");
    };
    let mut most = (0, 0);
    for number in 0..300 {
        round();
        let now = (count("fd"), count("task"));
        if number < 30 {
            most = (most.0.max(now.0), most.1.max(now.1));
        }
        // A connection may still be closing while the next one is open.
        let (fds, tasks) = (most.0 + 8, most.1 + 8);
        assert!(
            now.0 <= fds && now.1 <= tasks,
            "{number}: {now:?}, {most:?}"
        );
    }
    assert_eq!(serving.interrupt().0, 1);
}
