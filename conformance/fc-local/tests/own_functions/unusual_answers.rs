//! Servers of functions that are not there, die, or answer something else than HTTP.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::endpoint::Endpoint;
use crate::http_server::{HttpServer, ok};

/// An address at which no server listens.
fn unused_address() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().to_string()
}

#[test]
fn a_server_that_is_not_there_is_function_not_started() {
    let address = unused_address();
    let endpoint = Endpoint::with(&format!("http://{address}"));
    let answer = endpoint.call(b"");
    assert_eq!(answer.status, 412);
    let text = answer.text();
    assert!(text.contains("\"FunctionNotStarted\""), "{text}");
    assert!(text.contains(&format!("dial tcp {address}: ")), "{text}");
    let log = endpoint.log();
    let expected =
        format!("expected the HTTP server of the function at http://{address}, found none");
    assert!(
        log.contains(&expected) && log.contains("--start COMMAND"),
        "{log}"
    );
    assert!(
        log.contains("assumed: the status of FunctionNotStarted"),
        "{log}"
    );
    let host = [("Host", "f-anonymous.cn-hangzhou.fcapp.run")];
    assert_eq!(endpoint.trigger("GET", "/", &host, b"").status, 502);
}

#[test]
fn a_server_that_closes_the_connection_early_is_a_process_that_exited() {
    for bytes in [
        &b""[..],
        b"HTTP/1.1 200 O",
        b"HTTP/1.1 200 OK\r\nContent-Len",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf",
    ] {
        let server = HttpServer::speak(move |_, stream| {
            stream.write_all(bytes).unwrap();
            false
        });
        let endpoint = Endpoint::with(&server.url());
        let answer = endpoint.call(b"");
        let (status, error_type, body) = answer.function_error();
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(
            (status, error_type),
            (200, "UnhandledInvocationError"),
            "{shown}: {body}"
        );
        let expected =
            "{\"errorMessage\":\"Process exited unexpectedly before completing request (duration: ";
        assert!(body.starts_with(expected), "{shown}: {body}");
        let log = endpoint.log();
        assert!(
            log.contains("but the server closed the connection"),
            "{shown}: {log}"
        );
    }
}

#[test]
fn an_answer_that_is_not_http_is_a_bad_response() {
    for bytes in [
        &b"220 mail.example.com ESMTP\r\n\r\n"[..],
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ] {
        let server = HttpServer::speak(move |_, stream| {
            stream.write_all(bytes).unwrap();
            false
        });
        let endpoint = Endpoint::with(&server.url());
        let answer = endpoint.call(b"");
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(answer.status, 502, "{shown}: {}", answer.text());
        assert!(answer.text().contains("\"BadResponse\""), "{shown}");
        let log = endpoint.log();
        assert!(log.contains("found something else"), "{shown}: {log}");
    }
}

#[test]
fn a_body_without_end_is_a_function_error_and_is_not_read_to_its_end() {
    let is_cut = Arc::new(AtomicBool::new(false));
    let cut = Arc::clone(&is_cut);
    let (sender, done) = channel();
    let sender = Mutex::new(sender);
    let server = HttpServer::speak(move |_, stream| {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(head).unwrap();
        let chunk = [&b"10000\r\n"[..], &vec![b'x'; 0x10000], b"\r\n"].concat();
        while stream.write_all(&chunk).is_ok() {}
        cut.store(true, Ordering::Relaxed);
        sender.lock().unwrap().send(()).unwrap();
        false
    });
    let endpoint = Endpoint::with(&server.url());
    let answer = endpoint.call(b"");
    let (status, error_type, body) = answer.function_error();
    assert_eq!((status, error_type), (200, "UnhandledInvocationError"));
    let expected = "{\"errorMessage\":\"the result is larger than the limit of 33554432 bytes\"}";
    assert_eq!(body, expected);
    done.recv().unwrap();
    assert!(is_cut.load(Ordering::Relaxed));
    // A declared length over the limit is refused before the body arrives.
    let server =
        HttpServer::start(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 33554433\r\n\r\n".to_vec());
    assert_eq!(
        Endpoint::with(&server.url()).call(b"").function_error().2,
        expected
    );
}

#[test]
fn a_function_that_takes_too_long_times_out() {
    let (sender, gate) = channel::<()>();
    let gate = Mutex::new(gate);
    // The server answers nothing until the end of the test.
    let server = HttpServer::speak(move |_, _| {
        let _ = gate.lock().unwrap().recv();
        false
    });
    let limit = Duration::from_millis(150);
    let endpoint = Endpoint::of(server.url().parse().unwrap(), limit);
    let answer = endpoint.call(b"");
    let (status, error_type, body) = answer.function_error();
    assert_eq!((status, error_type), (200, "UnhandledInvocationError"));
    assert!(
        body.starts_with("{\"errorMessage\":\"Function timed out after 0.15 seconds"),
        "{body}"
    );
    let duration = answer.header("x-fc-invocation-duration").unwrap();
    assert!(duration.parse::<u64>().unwrap() >= 150);
    drop(sender);
}

#[test]
fn the_end_of_the_endpoint_does_not_wait_for_a_function_that_does_not_answer() {
    let (sender, arrived) = channel();
    let (_open, gate) = channel::<()>();
    let (sender, gate) = (Mutex::new(sender), Mutex::new(gate));
    let server = HttpServer::speak(move |_, _| {
        sender.lock().unwrap().send(()).unwrap();
        let _ = gate.lock().unwrap().recv();
        false
    });
    let hour = Duration::from_secs(3_600);
    let endpoint = Endpoint::of(server.url().parse().unwrap(), hour);
    let address = endpoint.address();
    let caller = std::thread::spawn(move || {
        std::panic::catch_unwind(|| crate::endpoint::Connection::to(address).call(b""))
    });
    arrived.recv().unwrap();
    drop(endpoint);
    assert!(caller.join().unwrap().is_err(), "the connection was closed");
    // The server can still be used by another endpoint.
    let server = HttpServer::start(|_| ok(b"next"));
    assert_eq!(Endpoint::with(&server.url()).call(b"").text(), "next");
}
