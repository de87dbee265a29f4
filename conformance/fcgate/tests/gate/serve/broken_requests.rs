//! Requests that are incomplete or not HTTP, and the stop of the server.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use fc_conformance::verdict::{Rules, Verdict};
use fc_local::{Options, Server};
use fcgate_cases::corpus::Corpus;

use super::client::{Request, TestServer, exchange, lines};

/// Sends bytes, then ends the sending half; what came back.
fn cut(server: &TestServer, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    stream.write_all(bytes).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_tls_handshake_on_the_plain_endpoint_is_closed_and_logged() {
    let server = TestServer::new();
    // The head of a ClientHello: the client now waits for the answer to it.
    let answer = exchange(
        server.address(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    );
    assert!(answer.bytes.is_empty() && !answer.reset);
    let log = server.log();
    assert!(
        log.starts_with("serve.unreadable.1 (-, unsigned): closed\n"),
        "{log}"
    );
    assert!(
        log.contains("the client started a TLS handshake on a plain HTTP endpoint: use http://"),
        "{log}"
    );
    let report = server.end().report;
    let framing = report.case("serve.unreadable.1.framing").unwrap();
    assert!(framing.status.is_red(), "{framing:?}");
    assert_eq!(report.exit, 1);
}

#[test]
fn a_request_that_ends_early_is_logged_and_fails() {
    let target = Request::of("echo").target;
    let head = format!("POST {target} HTTP/1.1\r\n");
    let headers = Request::of("echo").signed("127.0.0.1");
    let in_body = format!("{head}{}Content-Length: 50\r\n\r\nabc", lines(&headers));
    for (bytes, why) in [
        (head, "it ends within its head"),
        (
            in_body,
            "it ends within its body: the client closed the connection after 3 of 50 bytes",
        ),
    ] {
        let server = TestServer::new();
        let answer = cut(&server, bytes.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(server.log().contains(why), "{}", server.log());
        let report = server.end().report;
        let framing = report.case("serve.unreadable.1.framing").unwrap();
        assert!(framing.status.is_red(), "{framing:?}");
    }
}

#[test]
fn a_connection_without_a_byte_is_not_a_request() {
    let server = TestServer::new();
    assert_eq!(cut(&server, b""), "");
    assert_eq!(server.log(), "");
    let report = server.end().report;
    assert_eq!(
        (report.cases.len(), report.verdict),
        (0, Verdict::Incomplete)
    );
}

#[test]
fn a_request_that_has_arrived_in_part_when_the_server_stops_makes_the_run_incomplete() {
    let server = TestServer::new();
    // One whole request, so that the half one after it is being read.
    let request = Request::of("echo");
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let headers = request.signed(&server.address().to_string());
    let head = format!("POST {} HTTP/1.1\r\n{}", request.target, lines(&headers));
    let both = format!("{head}Content-Length: 0\r\n\r\n{head}");
    stream.write_all(both.as_bytes()).unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    let report = server.end().report;
    assert!(report.case("serve.unreadable.1.framing").is_none());
    assert_eq!(report.verdict, Verdict::Incomplete);
    let cut = "1 request had arrived only in part when the server stopped";
    assert!(report.warnings.iter().any(|text| text.starts_with(cut)));
}

#[test]
fn a_request_that_was_sent_before_the_server_stops_is_judged() {
    let server = TestServer::new();
    let bytes = |request: &Request| {
        let headers = request.signed(&server.address().to_string());
        let head = format!("POST {} HTTP/1.1\r\n{}", request.target, lines(&headers));
        format!("{head}Content-Length: 0\r\n\r\n")
    };
    let mut wrong = Request::of("echo");
    wrong.secret = "anotherDummySecret0123456789";
    let both = bytes(&Request::of("empty")) + &bytes(&wrong);
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(both.as_bytes()).unwrap();
    let mut waiting = TcpStream::connect(server.address()).unwrap();
    waiting.write_all(bytes(&wrong).as_bytes()).unwrap();
    let report = server.end().report;
    for number in 1..=2 {
        let case = report.case(&format!("serve.echo.{number}.signature"));
        assert!(case.unwrap().status.is_red(), "{number}");
    }
    assert_eq!(report.exit, 1);
}

#[test]
fn a_panic_on_a_connection_ends_in_exit_4_and_the_server_continues() {
    let listen = ([127, 0, 0, 1], 0).into();
    let server = Server::start(listen, Options::new(), |block| {
        assert!(!block.contains("serve.empty.1"), "a defect of the log");
    });
    let server = server.unwrap();
    let send = |function| Request::of(function).now().send(server.address()).bytes;
    assert!(send("empty").is_empty());
    assert!(send("echo").starts_with(b"HTTP/1.1 200"));
    let report = server
        .end(&Corpus::embedded().unwrap(), Rules::new())
        .report;
    assert_eq!(report.exit, 4);
    let failed = "the server failed on 1 connection (a defect of fcgate)";
    assert!(report.warnings.iter().any(|text| text.starts_with(failed)));
}
