//! The log of refusals.

use fc_conformance::verdict::Verdict;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, SignKind};

use super::client::{KEY_ID, Request, SECRET, TestServer, raw};

#[test]
fn the_log_has_the_code_and_the_reason_of_a_refusal() {
    let server = TestServer::new();
    let tail = Request::of("echo")
        .header("X-Fc-Invocation-Type", "Async")
        .header("X-Fc-Log-Type", "Tail");
    for (request, logged) in [
        (
            tail,
            "400 InvalidArgument\n  reason: LogType is set to an invalid value",
        ),
        (
            Request::of("ehco"),
            "404 FunctionNotFound\n  reason: function 'ehco' does not exist in service 's'\n  \
             next: did you mean `echo`?\n",
        ),
        (
            Request::of("no-such-function"),
            "404 FunctionNotFound\n  reason: function 'no-such-function' does not exist",
        ),
        (
            Request::to("/2021-04-06/services/s/functions/echo"),
            "400 PathNotSupported\n  reason: 'POST' against",
        ),
        (
            Request::of("denied"),
            "403 AccessDenied, the scripted answer of `denied`\n",
        ),
        (
            Request::of("empty-error"),
            "502, the scripted answer of `empty-error`\n",
        ),
    ] {
        let before = server.log().len();
        server.send(&request);
        let log: String = server.log().split_off(before);
        let lines = log.lines().filter(|line| {
            !["  accepted:", "  noted:", "  warning:"]
                .iter()
                .any(|label| line.starts_with(label))
        });
        let log: String = lines.flat_map(|line| [line, "\n"]).collect();
        assert!(log.contains(logged), "{logged}: {log}");
    }
}

#[test]
fn a_session_without_a_request_for_a_function_is_incomplete() {
    let server = TestServer::new();
    assert_eq!(server.send(&Request::of("ehco")).status(), 404);
    let session = server.end();
    assert_eq!(session.report.verdict, Verdict::Incomplete);
    let warnings = &session.report.warnings;
    assert!(
        warnings
            .iter()
            .any(|text| text.contains("no request named a function")),
        "{warnings:?}"
    );
}

#[test]
fn a_body_above_the_limit_of_the_manual_is_refused() {
    let server = TestServer::new();
    let with = |length: usize| Request {
        body: vec![b'a'; length],
        ..Request::of("empty")
    };
    let is_async = |request: Request| request.header("X-Fc-Invocation-Type", "Async");
    for (request, status, limit) in [
        (with((32 << 20) + 1), 400, "(33554432 bytes)"),
        (is_async(with((128 << 10) + 1)), 400, "(131072 bytes)"),
        (is_async(with(128 << 10)), 202, ""),
        (with((128 << 10) + 1), 200, ""),
    ] {
        let answer = server.send(&request);
        assert_eq!(answer.status(), status, "{}", request.body.len());
        if status == 400 {
            let text = answer.text();
            assert!(
                text.contains("EntityTooLarge") && text.contains(limit),
                "{text}"
            );
        }
    }
}

#[test]
fn an_expired_signed_url_is_refused() {
    let server = TestServer::new();
    let unsigned =
        format!("/2016-08-15/proxy/s/echo/a?x-fc-access-key-id={KEY_ID}&x-fc-expires=1652260500");
    server.set_clock("2022-05-11T09:15:01Z".parse().unwrap());
    let request = WireRequest::new("GET", &unsigned);
    let stages = oracle::fc_stages(&request, SignKind::PresignedUrl, SECRET);
    let signature = stages.signature.unwrap().replace('+', "%2B");
    let target = format!("{unsigned}&x-fc-signature={signature}");
    let answer = raw(server.address(), "GET", &target, &HeaderList::new(), b"");
    assert_eq!(answer.status(), 403, "{}", server.log());
    let body: serde_json::Value = serde_json::from_str(&answer.body()).unwrap();
    assert_eq!(body["ErrorCode"], "AccessDenied");
    let log = server.log();
    assert!(
        log.contains("refused: the signature is valid, but the URL expired "),
        "{log}"
    );
    // The signature itself is correct.
    let session = server.end();
    assert!(
        !session
            .report
            .case("serve.echo.1.signature")
            .unwrap()
            .status
            .is_red()
    );
}

#[test]
fn the_html_report_has_no_empty_rows() {
    let server = TestServer::new();
    let mut request = Request::of("echo").header("User-Agent", "my-client/1.0 (linux)");
    request.secret = "anotherDummySecret0123456789";
    server.send(&request);
    let session = server.end();
    let page = fcgate::writers::html(&session.report, &session.corpus);
    assert!(page.contains("<dt>why</dt>") && !page.contains("<dt>evidence</dt>"));
    let subject = &session.report.subject;
    assert_eq!(
        (subject.name.as_str(), subject.version.as_str()),
        ("my-client", "1.0")
    );
}
