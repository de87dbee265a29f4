//! The refusals of wrongly signed requests, and their explanation in the log.

use fc_conformance::verdict::Verdict;
use fcgate_protocol::Scheme;

use super::client::{KEY_ID, Request, SECRET, TestServer, exchange, raw};

#[test]
fn a_wrong_signature_gets_the_refusal_of_the_service() {
    for scheme in [Scheme::Fc, Scheme::Acs3] {
        let server = TestServer::new();
        let mut request = Request::of("echo").by(scheme);
        request.secret = "anotherDummySecret0123456789";
        let answer = server.send(&request);
        assert_eq!(answer.status(), 403);
        let body: serde_json::Value = serde_json::from_str(&answer.body()).unwrap();
        assert_eq!(body["ErrorCode"], "SignatureNotMatch");
        assert_eq!(body["Code"], "SignatureDoesNotMatch");
        let message = body["Message"].as_str().unwrap();
        assert!(message.contains("server StringToSign is ["), "{message}");
        let log = server.log();
        assert!(
            log.contains("string to sign, as the service computes it:"),
            "{log}"
        );
        assert!(log.contains("unknown: no known mistake"), "{log}");
        assert!(!log.contains(SECRET) && !log.contains("anotherDummySecret"));
        let session = server.end();
        assert_eq!(session.report.exit, 1);
        let red = session.report.case("serve.echo.1.signature").unwrap();
        assert!(red.status.is_red());
        let green = session.report.case("serve.echo.1.request").unwrap();
        assert!(!green.status.is_red(), "{green:?}");
    }
}

#[test]
fn the_mistake_that_gives_a_wrong_signature_is_named() {
    let server = TestServer::new();
    // Content-MD5 is sent, and not signed.
    let mut headers = Request::of("echo").signed(&server.address().to_string());
    headers.push(
        "Content-MD5".to_owned(),
        "pz+mZbrxo/4xuVaNJCZ/+g==".to_owned(),
    );
    let target = Request::of("echo").target;
    let answer = raw(
        server.address(),
        "POST",
        &target,
        &headers,
        b"{\"key\":\"value\"}",
    );
    assert_eq!(answer.status(), 403);
    let log = server.log();
    assert!(log.contains("FCG0101 content-md5-left-out"), "{log}");
    assert!(
        log.contains("first difference at byte 5, line 2, column 1"),
        "{log}"
    );
    assert!(log.contains("next: fcgate explain FCG0101"), "{log}");
    let session = server.end();
    assert_eq!(
        session.report.causes[0].mutant.as_deref(),
        Some("content-md5-left-out")
    );
}

#[test]
fn the_mistake_is_named_for_any_list_of_signed_headers() {
    let server = TestServer::new();
    let request = Request::of("echo?qualifier=a").by(Scheme::Acs3);
    let mut headers = request.signed(&server.address().to_string());
    let target = Request::of("echo").target + "?qualifier=b";
    for (name, value) in &mut headers {
        if name == "Authorization" {
            // Signed with an empty query.
            let unsigned = Request::of("echo").by(Scheme::Acs3);
            let mut unsigned = unsigned.clone();
            unsigned.nonce.clone_from(&request.nonce);
            let signed = unsigned.signed(&server.address().to_string());
            value.clone_from(&signed.last().unwrap().1);
        }
    }
    let answer = raw(
        server.address(),
        "POST",
        &target,
        &headers,
        b"{\"key\":\"value\"}",
    );
    assert_eq!(answer.status(), 403);
    let log = server.log();
    assert!(log.contains("  cause      FCG"), "{log}");
    assert!(log.contains("first difference at byte"), "{log}");
}

#[test]
fn an_unknown_key_and_a_missing_signature_have_their_own_refusals() {
    let server = TestServer::new();
    let send = |authorization: Option<&str>| {
        let mut headers = Request::of("echo").signed(&server.address().to_string());
        headers.remove("Authorization");
        if let Some(value) = authorization {
            headers.push("Authorization".to_owned(), value.to_owned());
        }
        raw(
            server.address(),
            "POST",
            &Request::of("echo").target,
            &headers,
            b"",
        )
    };
    for (authorization, status, code) in [
        (None, 400, "MissingRequiredHeader"),
        (
            Some("FC LTAI5otherDummyKeyId:c2ln"),
            403,
            "InvalidAccessKeyID",
        ),
        (Some("acs LTAI5dummyAccessKeyId:c2ln"), 403, "AccessDenied"),
        (Some("Bearer dummy"), 403, "AccessDenied"),
        (
            Some("FCLTAI5dummyAccessKeyId:c2ln"),
            403,
            "SignatureNotMatch",
        ),
    ] {
        let answer = send(authorization);
        assert_eq!(answer.status(), status, "{authorization:?}");
        assert!(
            answer.text().contains(code),
            "{authorization:?}: {}",
            answer.text()
        );
    }
    assert!(
        server
            .log()
            .contains("cannot verify this signature scheme: acs (HMAC-SHA1)")
    );
}

#[test]
fn an_unknown_scheme_leaves_the_run_incomplete() {
    let server = TestServer::new();
    let mut headers = Request::of("echo").signed(&server.address().to_string());
    headers.remove("Authorization");
    headers.push("Authorization".to_owned(), format!("acs {KEY_ID}:c2ln"));
    raw(
        server.address(),
        "POST",
        &Request::of("echo").target,
        &headers,
        b"",
    );
    assert_eq!(server.end().report.verdict, Verdict::Incomplete);
}

#[test]
fn a_nonce_that_is_used_twice_is_refused() {
    let server = TestServer::new();
    let request = Request::of("echo").by(Scheme::Acs3);
    assert_eq!(server.send(&request).status(), 200);
    let again = server.send(&request);
    assert_eq!(again.status(), 400);
    assert!(again.text().contains("SignatureNonceUsed"));
    assert_eq!(server.end().report.exit, 1);
}

#[test]
fn a_security_token_other_than_the_issued_one_is_refused() {
    let server = TestServer::new();
    let with = |token: &str| Request::of("echo").header("X-Fc-Security-Token", token);
    assert_eq!(server.send(&with("dummy-sts-token/+=:42")).status(), 200);
    let refused = server.send(&with("another-dummy-token"));
    assert_eq!(refused.status(), 403);
    assert!(
        !server.log().contains("another-dummy-token"),
        "{}",
        server.log()
    );
    assert_eq!(server.end().report.exit, 1);
}

#[test]
fn a_missing_security_token_is_not_reported_as_a_wrong_signature() {
    for (scheme, header) in [
        (Scheme::Fc, "x-fc-security-token"),
        (Scheme::Acs3, "x-acs-security-token"),
    ] {
        let server = TestServer::new();
        let mut headers = Request::of("echo")
            .by(scheme)
            .signed(&server.address().to_string());
        // The temporary key has the same secret, and its id is not signed.
        let (_, value) = headers.last_mut().unwrap();
        *value = value.replace(KEY_ID, "STS.dummyAccessKeyId");
        let target = Request::of("echo").target;
        let body = Request::of("echo").body;
        let answer = raw(server.address(), "POST", &target, &headers, &body);
        assert_eq!(answer.status(), 403);
        let log = server.log();
        let logged = format!(
            "refused: the signature is valid, but the security token is wrong: no token in header \
             {header}, which this key requires\n"
        );
        assert!(log.contains(&logged), "{log}");
        assert!(log.contains("security-token-not-sent"), "{log}");
        assert_eq!(server.end().report.exit, 1);
    }
}

#[test]
fn an_invalid_request_is_refused_and_is_a_finding() {
    let server = TestServer::new();
    let answer = exchange(
        server.address(),
        b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    );
    assert_eq!(answer.status(), 400);
    let session = server.end();
    assert!(
        session
            .report
            .case("serve.unreadable.1.framing")
            .unwrap()
            .status
            .is_red()
    );
}
