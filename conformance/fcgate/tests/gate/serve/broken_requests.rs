//! What is no whole request of HTTP leaves a trace, and nobody waits.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use fc_conformance::verdict::Verdict;

use super::client::{Request, Stand, exchange, lines};

/// Sends bytes, then ends the sending half; what came back.
fn cut(stand: &Stand, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(stand.address()).unwrap();
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
fn a_client_that_speaks_tls_is_closed_and_told_to_use_http() {
    let stand = Stand::new();
    // The head of a ClientHello: the client now waits for the answer to it.
    let answer = exchange(
        stand.address(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    );
    assert!(answer.bytes.is_empty() && !answer.reset);
    let log = stand.log();
    assert!(
        log.starts_with("serve.unreadable.1 (-, unsigned): closed\n"),
        "{log}"
    );
    assert!(
        log.contains("the client started a TLS handshake on a plain HTTP endpoint: use http://"),
        "{log}"
    );
    let report = stand.end().report;
    let framing = report.case("serve.unreadable.1.framing").unwrap();
    assert!(framing.status.is_red(), "{framing:?}");
    assert_eq!(report.exit, 1);
}

#[test]
fn a_request_that_is_cut_short_is_told_and_is_a_finding() {
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
        let stand = Stand::new();
        let answer = cut(&stand, bytes.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(stand.log().contains(why), "{}", stand.log());
        let report = stand.end().report;
        let framing = report.case("serve.unreadable.1.framing").unwrap();
        assert!(framing.status.is_red(), "{framing:?}");
    }
}

#[test]
fn a_connection_without_a_byte_is_no_request() {
    let stand = Stand::new();
    assert_eq!(cut(&stand, b""), "");
    assert_eq!(stand.log(), "");
    let report = stand.end().report;
    assert_eq!(
        (report.cases.len(), report.verdict),
        (0, Verdict::Incomplete)
    );
}

#[test]
fn a_server_that_ends_cuts_no_request_short() {
    let stand = Stand::new();
    // One whole request, so that the half one behind it is being read.
    let request = Request::of("echo");
    let mut stream = TcpStream::connect(stand.address()).unwrap();
    let headers = request.signed(&stand.address().to_string());
    let head = format!("POST {} HTTP/1.1\r\n{}", request.target, lines(&headers));
    let both = format!("{head}Content-Length: 0\r\n\r\n{head}");
    stream.write_all(both.as_bytes()).unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    let report = stand.end().report;
    assert!(report.case("serve.unreadable.1.framing").is_none());
}
