//! Who signs wrongly is refused as the service does, and is told why.

use fc_conformance::verdict::Verdict;
use fcgate_protocol::Scheme;

use super::client::{KEY_ID, Request, SECRET, Stand, exchange, raw};

#[test]
fn a_wrong_signature_gets_the_refusal_of_the_service() {
    for scheme in [Scheme::Fc, Scheme::Acs3] {
        let stand = Stand::new();
        let mut request = Request::of("echo").by(scheme);
        request.secret = "anotherDummySecret0123456789";
        let answer = stand.send(&request);
        assert_eq!(answer.status(), 403);
        let body: serde_json::Value = serde_json::from_str(&answer.body()).unwrap();
        assert_eq!(body["ErrorCode"], "SignatureNotMatch");
        assert_eq!(body["Code"], "SignatureDoesNotMatch");
        let message = body["Message"].as_str().unwrap();
        assert!(message.contains("server StringToSign is ["), "{message}");
        let log = stand.log();
        assert!(
            log.contains("string to sign, as the rule gives it:"),
            "{log}"
        );
        assert!(log.contains("the secret may be another one"), "{log}");
        assert!(!log.contains(SECRET) && !log.contains("anotherDummySecret"));
        let served = stand.end();
        assert_eq!(served.report.exit, 1);
        let red = served.report.case("serve.echo.1.signature").unwrap();
        assert!(red.status.is_red());
        let green = served.report.case("serve.echo.1.request").unwrap();
        assert!(!green.status.is_red(), "{green:?}");
    }
}

#[test]
fn the_mistake_behind_a_wrong_signature_is_named() {
    let stand = Stand::new();
    // Content-MD5 is sent, and not signed.
    let mut headers = Request::of("echo").signed(&stand.address().to_string());
    headers.push(
        "Content-MD5".to_owned(),
        "pz+mZbrxo/4xuVaNJCZ/+g==".to_owned(),
    );
    let target = Request::of("echo").target;
    let answer = raw(
        stand.address(),
        "POST",
        &target,
        &headers,
        b"{\"key\":\"value\"}",
    );
    assert_eq!(answer.status(), 403);
    let log = stand.log();
    assert!(log.contains("FCG0101 content-md5-left-out"), "{log}");
    assert!(
        log.contains("first difference: string_to_sign: byte 5 (line 2, column 1)"),
        "{log}"
    );
    assert!(log.contains("next: fcgate explain FCG0101"), "{log}");
    let served = stand.end();
    assert_eq!(
        served.report.causes[0].mutant.as_deref(),
        Some("content-md5-left-out")
    );
}

#[test]
fn the_mistake_is_named_whichever_headers_a_client_signs() {
    let stand = Stand::new();
    let request = Request::of("echo?qualifier=a").by(Scheme::Acs3);
    let mut headers = request.signed(&stand.address().to_string());
    let target = Request::of("echo").target + "?qualifier=b";
    for (name, value) in &mut headers {
        if name == "Authorization" {
            // Signed with an empty query.
            let unsigned = Request::of("echo").by(Scheme::Acs3);
            let mut unsigned = unsigned.clone();
            unsigned.nonce.clone_from(&request.nonce);
            let signed = unsigned.signed(&stand.address().to_string());
            value.clone_from(&signed.last().unwrap().1);
        }
    }
    let answer = raw(
        stand.address(),
        "POST",
        &target,
        &headers,
        b"{\"key\":\"value\"}",
    );
    assert_eq!(answer.status(), 403);
    let log = stand.log();
    assert!(
        log.contains("it is the signature of a known mistake"),
        "{log}"
    );
    assert!(
        log.contains("first difference: canonical_request: byte"),
        "{log}"
    );
}

#[test]
fn an_unknown_key_and_a_missing_signature_have_their_own_refusals() {
    let stand = Stand::new();
    let send = |authorization: Option<&str>| {
        let mut headers = Request::of("echo").signed(&stand.address().to_string());
        headers.remove("Authorization");
        if let Some(value) = authorization {
            headers.push("Authorization".to_owned(), value.to_owned());
        }
        raw(
            stand.address(),
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
    assert!(stand.log().contains("not known here: acs (HMAC-SHA1)"));
}

#[test]
fn an_unknown_scheme_leaves_the_run_incomplete() {
    let stand = Stand::new();
    let mut headers = Request::of("echo").signed(&stand.address().to_string());
    headers.remove("Authorization");
    headers.push("Authorization".to_owned(), format!("acs {KEY_ID}:c2ln"));
    raw(
        stand.address(),
        "POST",
        &Request::of("echo").target,
        &headers,
        b"",
    );
    assert_eq!(stand.end().report.verdict, Verdict::Incomplete);
}

#[test]
fn a_missing_date_is_refused_and_an_old_date_is_only_logged() {
    let stand = Stand::new();
    let old = stand.send(&Request::of("echo"));
    assert_eq!(old.status(), 200);
    assert!(
        stand.log().contains("minutes behind this machine's"),
        "{}",
        stand.log()
    );
    let mut headers = Request::of("echo").signed("h");
    headers.retain(|(name, _)| name != "Date");
    let answer = raw(
        stand.address(),
        "POST",
        &Request::of("echo").target,
        &headers,
        b"",
    );
    assert!(
        answer
            .text()
            .contains("required HTTP header Date was not specified")
    );
}

#[test]
fn a_nonce_that_is_used_twice_is_refused() {
    let stand = Stand::new();
    let request = Request::of("echo").by(Scheme::Acs3);
    assert_eq!(stand.send(&request).status(), 200);
    let again = stand.send(&request);
    assert_eq!(again.status(), 400);
    assert!(again.text().contains("SignatureNonceUsed"));
    assert_eq!(stand.end().report.exit, 1);
}

#[test]
fn a_security_token_other_than_the_issued_one_is_refused() {
    let stand = Stand::new();
    let with = |token: &str| Request::of("echo").header("X-Fc-Security-Token", token);
    assert_eq!(stand.send(&with("dummy-sts-token/+=:42")).status(), 200);
    let refused = stand.send(&with("another-dummy-token"));
    assert_eq!(refused.status(), 403);
    assert!(
        !stand.log().contains("another-dummy-token"),
        "{}",
        stand.log()
    );
    assert_eq!(stand.end().report.exit, 1);
}

#[test]
fn a_missing_security_token_is_not_reported_as_a_wrong_signature() {
    for (scheme, header) in [
        (Scheme::Fc, "x-fc-security-token"),
        (Scheme::Acs3, "x-acs-security-token"),
    ] {
        let stand = Stand::new();
        let mut headers = Request::of("echo")
            .by(scheme)
            .signed(&stand.address().to_string());
        // The temporary key has the same secret, and its id is not signed.
        let (_, value) = headers.last_mut().unwrap();
        *value = value.replace(KEY_ID, "STS.dummyAccessKeyId");
        let target = Request::of("echo").target;
        let body = Request::of("echo").body;
        let answer = raw(stand.address(), "POST", &target, &headers, &body);
        assert_eq!(answer.status(), 403);
        let log = stand.log();
        let told = format!(
            "refused: the signature is right, but not the security token: none in header {header}, \
             where this key needs it\n"
        );
        assert!(log.contains(&told), "{log}");
        assert!(
            !log.contains("another one") && !log.contains("to sign"),
            "{log}"
        );
        assert_eq!(stand.end().report.exit, 1);
    }
}

#[test]
fn an_invalid_request_is_refused_and_is_a_finding() {
    let stand = Stand::new();
    let answer = exchange(
        stand.address(),
        b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    );
    assert_eq!(answer.status(), 400);
    let served = stand.end();
    assert!(
        served
            .report
            .case("serve.unreadable.1.framing")
            .unwrap()
            .status
            .is_red()
    );
}
