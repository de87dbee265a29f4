//! A session with more requests than the report lists one by one.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use fc_conformance::report::{self, Verbosity};
use fc_conformance::verdict::Verdict;
use fcgate_cases::judge::Status;

use super::client::{Request, TestServer, lines};

/// The bytes of a whole request without a body.
fn bytes(server: &TestServer, request: &Request) -> Vec<u8> {
    let headers = request.signed(&server.address().to_string());
    let (target, headers) = (&request.target, lines(&headers));
    format!("POST {target} HTTP/1.1\r\n{headers}Content-Length: 0\r\n\r\n").into_bytes()
}

/// Sends requests on one connection and returns the status lines of their answers.
fn send_all(server: &TestServer, requests: &[&[u8]]) -> Vec<String> {
    let stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let mut output = stream.try_clone().unwrap();
    let all = requests.concat();
    thread::scope(|scope| {
        scope.spawn(move || output.write_all(&all).unwrap());
        let mut input = BufReader::new(&stream);
        requests.iter().map(|_| status_line(&mut input)).collect()
    })
}

/// Reads one answer and returns its status line.
fn status_line(input: &mut BufReader<&TcpStream>) -> String {
    let mut head = vec![];
    loop {
        let mut line = String::new();
        input.read_line(&mut line).unwrap();
        if line == "\r\n" {
            break;
        }
        head.push(line);
    }
    let length = head
        .iter()
        .find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.unwrap().trim().parse().unwrap()];
    input.read_exact(&mut body).unwrap();
    head.swap_remove(0)
}

#[test]
fn a_wrong_signature_after_2_050_right_ones_is_shown_and_fails_the_run() {
    let server = TestServer::new();
    let right = bytes(&server, &Request::of("echo"));
    let mut wrong = Request::of("echo");
    wrong.secret = "anotherDummySecret0123456789";
    let wrong = bytes(&server, &wrong);
    // Two connections, which the server answers at the same time.
    let right = vec![right.as_slice(); 1_025];
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let statuses = send_all(&server, &right);
                assert!(statuses.iter().all(|line| line.contains(" 200 ")));
            });
        }
    });
    assert!(send_all(&server, &[&wrong])[0].contains(" 403 "));
    let session = server.end();
    assert_eq!((session.requests, session.failed_requests), (2_051, 1));
    let report = &session.report;
    assert_eq!((report.exit, report.verdict), (1, Verdict::Nonconforming));
    let shown = report.case("serve.echo.2051.signature").unwrap();
    assert_eq!(shown.status, Status::Fail);
    let further = report.case("serve.echo.further.signature").unwrap();
    assert_eq!(further.status, Status::Pass);
    assert_eq!(
        further.checks[0].actual_text().as_deref(),
        Some("0 of 50 further requests failed")
    );
    assert!(
        report
            .warnings
            .iter()
            .any(|text| text.starts_with("50 of 2051 requests have no")),
        "{:?}",
        report.warnings
    );
    for verbosity in [Verbosity::Quiet, Verbosity::Normal] {
        let text = report::text(report, &session.corpus, verbosity);
        assert!(text.contains("1 required failure"), "{text}");
    }
}
