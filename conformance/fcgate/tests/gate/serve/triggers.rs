//! HTTP triggers of FC 3.0, which the host names.

use fc_conformance::verdict::Verdict;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, SignKind};

use super::client::{Answer, KEY_ID, SECRET, TestServer, raw};

const TARGET: &str = "/a%20path?b=2&a=1";
const BODY: &[u8] = b"payload";

fn host(function: &str) -> HeaderList {
    let host = format!("{function}-abcdefghij.cn-hangzhou.fcapp.run");
    HeaderList::from([("Host", host.as_str())])
}

/// Signs by the recipe of the manual: the date and the token header, which may be empty.
fn sign(headers: &mut HeaderList, secret: &str) {
    headers.push("x-acs-date", "2022-05-11T09:00:00Z");
    headers.push("x-acs-security-token", "");
    let names = "x-acs-date;x-acs-security-token";
    let request = WireRequest::new("PUT", TARGET)
        .headers(&*headers)
        .body(BODY);
    let stages = oracle::acs3_stages(&request, names, secret).unwrap();
    let signature = stages.signature.unwrap();
    let value =
        format!("ACS3-HMAC-SHA256 Credential={KEY_ID},SignedHeaders={names},Signature={signature}");
    headers.push("authorization", value);
}

fn send(server: &TestServer, headers: &HeaderList) -> Answer {
    raw(server.address(), "PUT", TARGET, headers, BODY)
}

#[test]
fn a_trigger_request_that_is_signed_as_in_the_manual_is_answered() {
    let server = TestServer::new();
    let mut headers = host("echo");
    sign(&mut headers, SECRET);
    let answer = send(&server, &headers);
    assert_eq!(answer.status(), 200, "{}", server.log());
    assert_eq!(answer.body(), "payload");
    assert!(answer.text().contains("Content-Disposition: attachment"));
    let mut headers = host("unhandled-error");
    sign(&mut headers, SECRET);
    let answer = send(&server, &headers);
    assert_eq!(answer.status(), 502, "a function error has this status");
    assert!(
        answer
            .text()
            .contains("X-Fc-Error-Type: UnhandledInvocationError")
    );
    let session = server.end();
    let causes = &session.report.causes;
    assert_eq!(session.report.verdict, Verdict::Conforming, "{causes:?}");
}

#[test]
fn a_trigger_request_with_a_wrong_or_without_a_signature_is_refused() {
    let server = TestServer::new();
    let mut headers = host("echo");
    sign(&mut headers, "anotherDummySecret0123456789");
    assert_eq!(send(&server, &headers).status(), 403);
    let answer = send(&server, &host("echo"));
    assert_eq!(answer.status(), 400);
    let message = "required HTTP header Date was not specified";
    assert!(answer.text().contains(message), "{}", answer.text());
    let report = server.end().report;
    for number in 1..=2 {
        let case = report.case(&format!("serve.echo.{number}.signature"));
        assert!(case.unwrap().status.is_red(), "{number}");
    }
}

#[test]
fn the_recipe_of_triggers_is_not_enough_for_an_invocation() {
    let server = TestServer::new();
    let mut headers = HeaderList::from([("Host", "127.0.0.1")]);
    sign(&mut headers, SECRET);
    let target = "/2023-03-30/functions/echo/invocations";
    let answer = raw(server.address(), "POST", target, &headers, BODY);
    assert_eq!(answer.status(), 403);
}

#[test]
fn a_trigger_accepts_the_printed_bearer_token_only() {
    let server = TestServer::new();
    for (token, status) in [
        ("dummy-bearer-token-for-loopback-only", 200),
        ("AnotherMarkerTokenOfAtLeast32Characters", 403),
    ] {
        let mut headers = host("echo");
        headers.push("Authorization", format!("Bearer {token}"));
        assert_eq!(send(&server, &headers).status(), status, "{token}");
    }
    let log = server.log();
    assert!(log.contains("refused: the bearer token is not"), "{log}");
    assert!(!log.contains("MarkerToken"), "{log}");
    let session = server.end();
    let json = fcgate::writers::json(&session.report).unwrap();
    assert!(!json.contains("MarkerToken"), "{json}");
    let red = |id: &str| session.report.case(id).unwrap().status.is_red();
    assert!(!red("serve.echo.1.signature") && red("serve.echo.2.signature"));
}

#[test]
fn a_trigger_accepts_the_fc_scheme_with_the_query_signed() {
    let server = TestServer::new();
    let mut headers = host("echo");
    headers.push("Date", "Wed, 11 May 2022 09:00:00 GMT");
    let request = WireRequest::new("PUT", TARGET).headers(&headers);
    let stages = oracle::fc_stages(&request, SignKind::HttpTrigger, SECRET);
    let value = format!("FC {KEY_ID}:{}", stages.signature.unwrap());
    headers.push("Authorization", value);
    assert_eq!(send(&server, &headers).status(), 200, "{}", server.log());
}

#[test]
fn a_trigger_refuses_more_than_8_kb_of_headers() {
    let server = TestServer::new();
    let mut headers = host("echo");
    headers.push("X-Long", "x".repeat(9_000));
    sign(&mut headers, SECRET);
    let answer = send(&server, &headers);
    assert_eq!(answer.status(), 400);
    assert!(
        answer.text().contains("InvalidArgument"),
        "{}",
        answer.text()
    );
}

/// The host of a trigger that demands this authentication.
fn host_with(auth: &str) -> HeaderList {
    let host = format!("echo-{auth}.cn-hangzhou.fcapp.run");
    HeaderList::from([("Host", host.as_str())])
}

#[test]
fn an_anonymous_trigger_answers_every_request() {
    let server = TestServer::new();
    assert_eq!(send(&server, &host_with("anonymous")).status(), 200);
    let mut signed = host_with("anonymous");
    sign(&mut signed, "anotherDummySecret0123456789");
    assert_eq!(send(&server, &signed).status(), 200, "nothing is verified");
    let log = server.log();
    assert!(
        log.contains("serve.echo.1 (2023-03-30, anonymous): 200"),
        "{log}"
    );
    let note = "  accepted: an Authorization for an anonymous trigger, which was not checked";
    assert_eq!(log.matches(note).count(), 1, "{log}");
    let session = server.end();
    assert_eq!(session.report.verdict, Verdict::Conforming);
    assert!(session.report.case("serve.echo.1.request").is_some());
    assert!(session.report.case("serve.echo.1.signature").is_none());
}

#[test]
fn a_bearer_trigger_refuses_everything_but_its_token() {
    let server = TestServer::new();
    let mut right = host_with("bearer");
    right.push(
        "Authorization",
        "bearer dummy-bearer-token-for-loopback-only",
    );
    assert_eq!(send(&server, &right).status(), 200);
    let missing = send(&server, &host_with("bearer"));
    let mut signed = host_with("bearer");
    sign(&mut signed, SECRET);
    for (answer, message) in [
        (missing, "Authorization header is expected but missing"),
        (
            send(&server, &signed),
            "access denied due to invalid bearer token",
        ),
    ] {
        assert_eq!(answer.status(), 403);
        assert!(answer.body().contains(message), "{}", answer.body());
    }
    let log = server.log();
    assert!(
        log.contains("  assumed: no source has the status and the code of this refusal"),
        "{log}"
    );
    let report = server.end().report;
    let red = |id: &str| report.case(id).unwrap().status.is_red();
    assert!(!red("serve.echo.1.signature") && red("serve.echo.2.signature"));
    assert!(red("serve.echo.3.signature"));
}

#[test]
fn a_signature_trigger_refuses_bearer_tokens_and_requests_without_a_date() {
    let server = TestServer::new();
    let mut signed = host_with("signature");
    sign(&mut signed, SECRET);
    assert_eq!(send(&server, &signed).status(), 200);
    let mut bearer = host_with("signature");
    bearer.push(
        "Authorization",
        "Bearer dummy-bearer-token-for-loopback-only",
    );
    let mut undated = host_with("signature");
    sign(&mut undated, SECRET);
    undated.retain(|(name, _)| name != "x-acs-date");
    for headers in [bearer, undated] {
        let answer = send(&server, &headers);
        assert_eq!(answer.status(), 400);
        let message = "required HTTP header Date was not specified";
        assert!(answer.body().contains(message), "{}", answer.body());
    }
    let mut wrong = host_with("signature");
    sign(&mut wrong, "anotherDummySecret0123456789");
    let body = send(&server, &wrong).body();
    assert_eq!(
        body.matches("The request signature we calculated does not match")
            .count(),
        2,
        "{body}"
    );
}

#[test]
fn the_spellings_of_the_samples_of_the_manual_are_accepted() {
    let server = TestServer::new();
    let mut headers = host("echo");
    headers.push("x-acs-date", "2022-05-11T09:00:00.123456Z");
    headers.push("x-acs-security-token", "");
    let names = "x-acs-date;x-acs-security-token";
    // The unescaped path, as the samples in Go and Java sign it.
    let request = WireRequest::new("PUT", "/a path?b=2&a=1").headers(&headers);
    let stages = oracle::acs3_stages(&request, names, SECRET).unwrap();
    let signature = stages.signature.unwrap();
    let value =
        format!("ACS3-HMAC-SHA256 Credential={KEY_ID},SignedHeaders={names},Signature={signature}");
    headers.push("authorization", value);
    assert_eq!(send(&server, &headers).status(), 200, "{}", server.log());
    let log = server.log();
    assert!(
        log.contains("  accepted: the signature is over the unescaped path"),
        "{log}"
    );
    let session = server.end();
    assert_eq!(session.report.verdict, Verdict::Conforming);
    assert!(session.report.case("serve.echo.1.time-form").is_none());
}

#[test]
fn a_trigger_answers_an_origin() {
    let server = TestServer::new();
    let mut headers = host_with("anonymous");
    headers.push("Origin", "https://app.example");
    let text = send(&server, &headers).text();
    assert!(
        text.contains("Access-Control-Allow-Origin: https://app.example\r\n"),
        "{text}"
    );
    assert!(
        text.contains("Access-Control-Allow-Credentials: true\r\n"),
        "{text}"
    );
}
