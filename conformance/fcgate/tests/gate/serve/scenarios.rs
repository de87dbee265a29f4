//! The scripted answers of the functions.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use fc_conformance::verdict::Verdict;
use fc_local::{Bodies, Options};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, Scheme, SignKind};

use super::client::{KEY_ID, Request, SECRET, TestServer, lines, raw};

#[test]
fn each_function_name_selects_its_scripted_response() {
    let server = TestServer::new();
    for (function, status, part) in [
        ("echo", 200, "{\"key\":\"value\"}"),
        ("empty", 200, "Content-Length: 0"),
        ("chunked", 200, "Transfer-Encoding: chunked"),
        ("log-tail", 200, "X-Fc-Invocation-Duration: 4"),
        (
            "handled-error",
            200,
            "X-Fc-Error-Type: HandledInvocationError",
        ),
        (
            "unhandled-error",
            200,
            "X-Fc-Error-Type: UnhandledInvocationError",
        ),
        ("function-timeout", 200, "Function timed out"),
        ("async", 202, "Content-Length: 0"),
        ("task-taken", 409, "StatefulAsyncInvocationAlreadyExists"),
        ("invalid-argument", 400, "InvalidArgument"),
        ("too-large", 400, "EntityTooLarge"),
        ("denied", 403, "AccessDenied"),
        ("throttled", 429, "ResourceExhausted"),
        ("no-machines", 503, "ResourceThrottled"),
        ("server-error", 500, "InternalServerError"),
        ("html-error", 502, "<html>"),
        ("empty-error", 502, "Content-Length: 0"),
        ("redirect", 302, "Location: /elsewhere"),
        ("slow", 200, "{\"key\":\"value\"}"),
        ("drip", 200, "{\"key\":\"value\"}"),
        (
            "no-such-function",
            404,
            "function 'no-such-function' does not exist in service 's'",
        ),
    ] {
        let answer = server.send(&Request::of(function));
        assert_eq!(answer.status(), status, "{function}");
        assert!(
            answer.text().contains(part),
            "{function}: {}",
            answer.text()
        );
        assert!(answer.text().contains("X-Fc-Request-Id: "), "{function}");
    }
    let session = server.end();
    assert_eq!(
        session.report.verdict,
        Verdict::Conforming,
        "{:?}",
        session.report.causes
    );
    assert!(session.table.contains("no-machines"));
    assert_eq!(session.report.claims.capabilities, ["sign.fc"]);
}

#[test]
fn a_broken_answer_has_exactly_the_scripted_bytes() {
    let server = TestServer::new();
    let cut = server.send(&Request::of("cut"));
    assert!(cut.text().contains("Content-Length: 26") && cut.body().len() == 13);
    let cut = server.send(&Request::of("cut-head"));
    assert!(cut.text().starts_with("HTTP/1.1 200") && !cut.text().contains("\r\n\r\n"));
    let close = server.send(&Request::of("close"));
    assert!(close.bytes.is_empty() && !close.reset);
    assert!(server.send(&Request::of("reset")).reset);
    for line in [
        "serve.cut.1 (2021-04-06, FC): 200, cut\n",
        "serve.cut-head.1 (2021-04-06, FC): cut within the head\n",
        "serve.close.1 (2021-04-06, FC): closed\n",
        "serve.reset.1 (2021-04-06, FC): reset\n",
    ] {
        assert!(server.log().contains(line), "{line}");
    }
    // A stalled answer ends with the client, or with the server.
    let request = Request::of("stall");
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let mut head = format!("POST {} HTTP/1.1\r\n", request.target);
    head += &lines(&request.signed(&server.address().to_string()));
    let head = format!("{head}Content-Length: {}\r\n\r\n", request.body.len());
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&request.body).unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}

#[test]
fn every_revision_and_both_schemes_are_accepted() {
    let server = TestServer::new();
    let targets = [
        "/2016-08-15/services/s.prod/functions/echo/invocations",
        "/2021-04-06/services/any_service/functions/echo/invocations?qualifier=LATEST",
        "/2021-04-06/services/s/functions/%65cho/invocations",
        "/2023-03-30/functions/echo/invocations?qualifier=3",
    ];
    for target in targets {
        for scheme in [Scheme::Fc, Scheme::Acs3] {
            let answer = server.send(&Request::to(target).by(scheme));
            assert_eq!(answer.status(), 200, "{target} {scheme}: {}", answer.text());
        }
    }
    let session = server.end();
    assert_eq!(
        session.report.verdict,
        Verdict::Conforming,
        "{:?}",
        session.report.causes
    );
    assert_eq!(session.report.claims.capabilities, ["sign.acs3", "sign.fc"]);
    assert_eq!(session.report.claims.revisions.len(), 3);
    assert_eq!(session.report.cases.len(), 2 * 2 * targets.len());
}

#[test]
fn a_log_tail_and_an_asynchronous_call_are_answered_on_request() {
    let server = TestServer::new();
    let tail = server.send(&Request::of("echo").header("X-Fc-Log-Type", "Tail"));
    assert!(tail.text().contains("X-Fc-Log-Result: RkMgSW52b2tl"));
    let asked = Request::of("echo")
        .header("X-Fc-Invocation-Type", "Async")
        .header("X-Fc-Stateful-Async-Invocation-Id", "task-1");
    let accepted = server.send(&asked);
    assert_eq!(accepted.status(), 202);
    assert!(
        accepted
            .text()
            .contains("X-Fc-Stateful-Async-Invocation-Id: task-1")
    );
    let both = server.send(&asked.header("X-Fc-Log-Type", "Tail"));
    assert_eq!(both.status(), 400);
    assert!(both.text().contains("actual: 'Tail'"));
}

#[test]
fn an_error_body_has_the_requested_forms() {
    for (bodies, fc, code) in [
        (Bodies::Both, true, true),
        (Bodies::Fc, true, false),
        (Bodies::Code, false, true),
    ] {
        let mut options = Options::new();
        options.bodies = bodies;
        let server = TestServer::with(options);
        let answer = server.send(&Request::of("throttled"));
        assert_eq!(answer.text().contains("\"ErrorCode\""), fc);
        assert_eq!(answer.text().contains("\"Code\""), code);
        assert_eq!(answer.text().contains("\"RequestId\""), code);
    }
}

#[test]
fn a_connection_is_kept_for_chunked_and_empty_bodies() {
    let server = TestServer::new();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let request = Request::of("echo");
    for (framing, body, echoed) in [
        ("Transfer-Encoding: chunked", "2\r\nhi\r\n0\r\n\r\n", "hi"),
        ("Expect: 100-continue\r\nContent-Length: 3", "abc", "abc"),
        ("X-No: body", "", ""),
    ] {
        let mut head = format!("POST {} HTTP/1.1\r\n{framing}\r\n", request.target);
        head += &lines(&request.signed("127.0.0.1"));
        stream
            .write_all(format!("{head}\r\n{body}").as_bytes())
            .unwrap();
        let mut text = Vec::new();
        let end = format!("\r\n\r\n{echoed}");
        let whole = |text: &[u8]| {
            let text = String::from_utf8_lossy(text).into_owned();
            text.contains("X-Fc-Request-Id") && text.ends_with(&end)
        };
        while !whole(&text) {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            text.push(byte[0]);
        }
        assert!(String::from_utf8_lossy(&text).contains("HTTP/1.1 200 OK"));
    }
    drop(stream);
    assert_eq!(server.end().report.cases.len(), 6);
}

#[test]
fn http_triggers_and_pre_signed_urls_are_accepted() {
    let server = TestServer::new();
    let unsigned = format!(
        "/2016-08-15/proxy/s.1/echo/a%20b?b=2&a=1&x-fc-access-key-id={KEY_ID}&x-fc-expires=9999999999"
    );
    let request = WireRequest::new("GET", &unsigned);
    let stages = oracle::fc_stages(&request, SignKind::PresignedUrl, SECRET);
    let signature = stages.signature.unwrap().replace('+', "%2B");
    let target = format!("{unsigned}&x-fc-signature={signature}");
    let answer = raw(server.address(), "GET", &target, &HeaderList::new(), b"");
    assert_eq!(answer.status(), 200, "{}", server.log());
    let damaged = target.replace("a=1", "a=3");
    let answer = raw(server.address(), "GET", &damaged, &HeaderList::new(), b"");
    assert_eq!(answer.status(), 403);
    let report = server.end().report;
    let red = |id: &str| report.case(id).unwrap().status.is_red();
    assert!(!red("serve.echo.1.signature") && red("serve.echo.2.signature"));
    assert!(!red("serve.echo.1.request"));
}

#[test]
fn requests_of_concurrent_clients_are_not_mixed() {
    let server = TestServer::new();
    thread::scope(|scope| {
        for client in 0..8 {
            let server = &server;
            scope.spawn(move || {
                for _ in 0..5 {
                    let mut request = Request::of("echo");
                    request.body = format!("client {client}").into_bytes();
                    assert_eq!(server.send(&request).body(), format!("client {client}"));
                }
            });
        }
    });
    let session = server.end();
    assert_eq!(session.report.verdict, Verdict::Conforming);
    let ids: BTreeSet<&str> = session
        .report
        .cases
        .iter()
        .map(|case| case.id.as_str())
        .collect();
    assert_eq!((ids.len(), session.report.cases.len()), (80, 80));
    assert!(ids.contains("serve.echo.40.signature"));
}
