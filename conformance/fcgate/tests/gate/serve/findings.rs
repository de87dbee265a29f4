//! The checks of a request other than its signature.

use fc_conformance::report;
use fc_conformance::report::Verbosity;
use fc_conformance::verdict::Verdict;
use fc_local::Options;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::Status;
use fcgate_protocol::{HeaderList, Scheme};

use super::client::{Request, TestServer, raw};

/// The checks that fail in the part `request` of one request.
fn failed(request: &Request) -> Vec<String> {
    let server = TestServer::new();
    server.send(request);
    let session = server.end();
    let result = session.report.cases.iter();
    let mut result = result.filter(|result| result.id.ends_with(".request"));
    let checks = &result.next().unwrap().checks;
    let failed = checks.iter().filter(|check| check.failed());
    failed.map(|check| check.id.clone()).collect()
}

#[test]
fn a_deviation_from_the_form_of_an_invocation_fails_its_check() {
    let to = Request::to;
    let get = Request {
        method: "GET",
        ..Request::of("echo")
    };
    for (request, check) in [
        (get, "method"),
        (
            to("/2021-04-06/services/9s/functions/echo/invocations"),
            "service",
        ),
        (
            to("/2021-04-06/services/s/functions/a%20b/invocations"),
            "function",
        ),
        (
            to("/2021-04-06/services/s/functions/echo/invocations?qualifier=a%20b"),
            "qualifier",
        ),
        (
            to("/2021-04-06/services/s/functions/echo/invocations?a=b"),
            "query",
        ),
        (
            to("/2016-08-15/services/s/functions/echo/invocations?qualifier=1"),
            "query",
        ),
        (to("/2021-04-06/services/s/functions/echo"), "path"),
        (
            Request::of("echo").header("X-Fc-Invocation-Type", "async"),
            "header.x-fc-invocation-type",
        ),
        (
            Request::of("echo").header("X-Fc-Log-Type", "All"),
            "header.x-fc-log-type",
        ),
        (
            Request::of("echo").header("X-Fc-Stateful-Async-Invocation-Id", "9"),
            "header.x-fc-stateful-async-invocation-id",
        ),
        (
            Request::of("echo").header("X-Fc-Stateful-Async-Invocation-Enable", "yes"),
            "header.x-fc-stateful-async-invocation-enable",
        ),
        (
            Request::of("echo").header("X-Fc-Async-Task-Id", "a"),
            "no-header.x-fc-async-task-id",
        ),
        (
            Request::of("echo").header("x-acs-security-token", "a"),
            "no-header.x-acs-security-token",
        ),
    ] {
        let failed = failed(&request);
        assert!(
            failed.iter().any(|id| id == check),
            "{check}: {failed:?} of {request:?}"
        );
    }
    assert!(failed(&Request::of("echo")).is_empty());
    assert!(failed(&Request::of("echo").header("X-Fc-Account-Id", "")).is_empty());
}

#[test]
fn another_revision_than_the_required_one_fails() {
    let mut options = Options::new();
    options.revision = Some("2023-03-30".to_owned());
    let server = TestServer::with(options);
    server.send(&Request::to("/2023-03-30/functions/echo/invocations").by(Scheme::Acs3));
    server.send(&Request::of("echo"));
    let report = server.end().report;
    let red = |id: &str| report.case(id).unwrap().status.is_red();
    assert!(!red("serve.echo.1.request") && red("serve.echo.2.request"));
}

#[test]
fn a_followed_redirect_fails_at_level_should() {
    let server = TestServer::new();
    server.send(&Request::of("redirect"));
    let answer = raw(
        server.address(),
        "GET",
        "/elsewhere",
        &HeaderList::new(),
        b"",
    );
    assert_eq!(answer.body(), "elsewhere");
    let report = server.end().report;
    let followed = report.case("serve.elsewhere.1.followed").unwrap();
    assert_eq!(followed.status, Status::Fail);
    assert_eq!(report.verdict, Verdict::Conforming);
}

#[test]
fn a_repeated_request_that_may_have_run_is_a_warning() {
    let server = TestServer::new();
    for _ in 0..3 {
        server.send(&Request::of("server-error"));
        server.send(&Request::of("throttled"));
        server.send(&Request::of("echo"));
    }
    let warnings = server.end().report.warnings;
    let repeats: Vec<&String> = warnings
        .iter()
        .filter(|text| text.contains("was received"))
        .collect();
    assert_eq!(repeats.len(), 1, "{warnings:?}");
    assert!(repeats[0].contains("serve.server-error.1 was received 3 times"));
}

#[test]
fn a_content_md5_of_another_body_fails_at_level_should() {
    let server = TestServer::new();
    server.send(&Request::of("echo").header("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="));
    let report = server.end().report;
    let digest = report.case("serve.echo.1.content-md5").unwrap();
    assert_eq!(digest.status, Status::Fail);
    assert_eq!(report.exit, 0, "the service takes it");
}

#[test]
fn a_session_without_requests_is_incomplete() {
    assert_eq!(TestServer::new().end().report.verdict, Verdict::Incomplete);
}

#[test]
fn every_report_format_shows_a_failed_request_without_secrets() {
    let server = TestServer::new();
    server.send(&Request::of("echo"));
    let mut wrong = Request::of("echo").header("User-Agent", "my-client/1.0 \u{fc}");
    wrong.secret = "anotherDummySecret0123456789";
    server.send(&wrong);
    let session = server.end();
    let (report, corpus) = (&session.report, &session.corpus);
    assert_eq!(report.corpus_sha256, Corpus::embedded().unwrap().sha256);
    let json = fcgate::writers::json(report).unwrap();
    let schema = include_str!("../../../../schema/report.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    jsonschema::validate(&schema, &value).unwrap();
    let text = report::text(report, corpus, Verbosity::Verbose);
    assert!(text.contains("my-client 1.0"), "{text}");
    assert!(text.contains("serve.echo.2.signature"), "{text}");
    assert!(text.contains("next: fcgate explain"), "{text}");
    assert!(
        text.contains("fcgate serve, then send the same call again"),
        "{text}"
    );
    for other in [
        fcgate::writers::html(report, corpus),
        fcgate::writers::markdown(report, corpus),
        fcgate::writers::tap(report, corpus),
        fcgate::writers::junit(report, corpus).unwrap(),
    ] {
        assert!(other.contains("serve.echo.2.signature"));
        assert!(!other.contains("DummySecret") && !other.contains("dummySecret"));
    }
}
