//! The limits of a server: the time that a client has, and the number of connections.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use fc_local::Options;

use super::client::{Request, TestServer, lines};

/// A server with short time limits.
fn server(change: impl FnOnce(&mut Options)) -> TestServer {
    let mut options = Options::new();
    change(&mut options);
    TestServer::with(options)
}

/// Sends bytes, keeps the connection open, and returns the answer.
fn answer(server: &TestServer, bytes: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_head_or_a_body_that_does_not_arrive_in_time_is_a_finding() {
    let short = Duration::from_millis(50);
    for (bytes, reason) in [
        ("POST / HTTP/1.1\r\nHost", "its head did not arrive in time"),
        (
            "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel",
            "its body did not arrive in time",
        ),
    ] {
        let server = server(|options| {
            options.limits.head = short;
            options.limits.body = short;
        });
        let answer = answer(&server, bytes);
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(server.log().contains(reason), "{}", server.log());
        assert_eq!(server.end().report.exit, 1);
    }
}

#[test]
fn a_connection_without_a_request_is_closed_in_time_and_is_not_a_finding() {
    let server = server(|options| options.limits.idle = Duration::from_millis(50));
    assert_eq!(answer(&server, ""), "");
    assert_eq!(server.log(), "");
}

#[test]
fn a_client_is_answered_although_all_connections_are_taken_by_idle_ones() {
    let server = server(|options| options.limits.connections = 4);
    let idle: Vec<TcpStream> = (0..20)
        .map(|_| TcpStream::connect(server.address()).unwrap())
        .collect();
    assert_eq!(server.send(&Request::of("echo")).status(), 200);
    drop(idle);
    assert_eq!(server.end().report.exit, 0);
}

#[test]
fn requests_of_more_clients_than_connections_are_all_answered() {
    let server = server(|options| options.limits.connections = 2);
    let request = Request::of("echo");
    let headers = lines(&request.signed(&server.address().to_string()));
    let bytes = format!(
        "POST {} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: 0\r\n\r\n",
        request.target
    );
    let clients: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            stream.write_all(bytes.as_bytes()).unwrap();
            stream
        })
        .collect();
    for mut client in clients {
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    assert_eq!(server.end().report.cases.len(), 40);
}

#[test]
fn a_server_that_ends_when_idle_waits_for_a_request_that_arrives_slowly() {
    let server = server(|options| options.limits.body = Duration::from_secs(1));
    let request = Request::of("echo");
    let headers = lines(&request.signed(&server.address().to_string()));
    let head = format!("POST {} HTTP/1.1\r\n{headers}", request.target);
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let both = format!("{head}Content-Length: 0\r\n\r\n{head}Content-Length: 9\r\n\r\npart");
    stream.write_all(both.as_bytes()).unwrap();
    // The server has the part of the second request when it answers the first.
    stream.read_exact(&mut [0; 12]).unwrap();
    server.wait_until_idle(Duration::from_millis(200));
    let report = server.end().report;
    assert!(report.case("serve.unreadable.1.framing").is_some());
}
