//! The mistakes that the log and the report name for a refused request.

use fc_local::Served;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, Scheme};

use super::client::{KEY_ID, Request, SECRET, TestServer, raw};

const NAMES: &str = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;\
                     x-acs-version";

/// A call of `echo` with these headers after its signature was made: the log and the report of it.
fn refused(scheme: Scheme, change: impl FnOnce(&mut HeaderList)) -> (String, Served) {
    let server = TestServer::new();
    let request = Request::of("echo").by(scheme);
    let mut headers = request.signed(&server.address().to_string());
    change(&mut headers);
    let answer = raw(
        server.address(),
        "POST",
        &request.target,
        &headers,
        &request.body,
    );
    assert_eq!(answer.status(), 403, "{}", answer.text());
    (server.log(), server.end())
}

/// Signs again, correctly, with these signed names.
fn sign_with(headers: &mut HeaderList, names: &str) {
    let target = Request::of("echo").target;
    let request = WireRequest::new("POST", &target).headers(&*headers);
    let stages = oracle::acs3_stages(&request, names, SECRET).unwrap();
    let value = format!(
        "ACS3-HMAC-SHA256 Credential={KEY_ID},SignedHeaders={names},Signature={}",
        stages.signature.unwrap()
    );
    headers.set("Authorization", &value);
}

/// The mutants that a report names.
fn named(session: &Served) -> Vec<&str> {
    let causes = session.report.causes.iter();
    causes.filter_map(|cause| cause.mutant.as_deref()).collect()
}

#[test]
fn an_unknown_access_key_id_is_not_attributed_to_a_mistake() {
    for scheme in [Scheme::Fc, Scheme::Acs3] {
        let (log, session) = refused(scheme, |headers| {
            let (_, value) = headers.last_mut().unwrap();
            *value = value.replace(KEY_ID, "LTAI5someOtherAccessKey42");
        });
        assert_eq!(named(&session), Vec::<&str>::new(), "{scheme}");
        assert!(
            log.contains("unknown access key id LTAI…42: use one that the server prints\n"),
            "{log}"
        );
        assert!(!log.contains("FCG") && !log.contains("someOther"), "{log}");
        let case = session.report.case("serve.echo.1.signature").unwrap();
        let verifies = case.checks.iter().find(|check| check.failed()).unwrap();
        assert_eq!(
            verifies.actual_text().as_deref(),
            Some(
                "the authorization names another access key id: LTAI…42, not LTAI5dummyAccessKeyId"
            )
        );
    }
}

#[test]
fn a_valid_signature_over_wrong_headers_is_not_attributed_to_another_scheme() {
    let without = |name: &str| NAMES.replace(&format!("{name};"), "");
    let unsorted = NAMES.replace(
        "x-acs-date;x-acs-signature-nonce",
        "x-acs-signature-nonce;x-acs-date",
    );
    for (names, reason) in [
        (
            without("x-acs-action"),
            "header \"x-acs-action\" is not among",
        ),
        (unsorted, "not in lower case, unique and sorted"),
    ] {
        let (log, session) = refused(Scheme::Acs3, |headers| sign_with(headers, &names));
        assert!(log.contains(reason), "{log}");
        assert!(
            !log.contains("FCG01") && !log.contains("unknown: no known mistake"),
            "{log}"
        );
        assert!(
            named(&session).iter().all(|name| name.starts_with("acs3-")),
            "{:?}",
            named(&session)
        );
    }
}

#[test]
fn a_digest_of_another_body_is_reported_as_such() {
    let (log, session) = refused(Scheme::Acs3, |headers| {
        headers.set("x-acs-content-sha256", oracle::sha256_hex(b"another"));
        sign_with(headers, NAMES);
    });
    assert!(
        log.contains("refused: x-acs-content-sha256 is not"),
        "{log}"
    );
    assert!(
        log.contains("the digest header does not match the body"),
        "{log}"
    );
    assert_eq!(named(&session), Vec::<&str>::new(), "{log}");
}

#[test]
fn an_unsigned_host_is_named_as_the_mistake() {
    let (log, session) = refused(Scheme::Acs3, |headers| {
        sign_with(headers, &NAMES.replace("host;", ""));
    });
    assert!(log.contains("FCG0219 acs3-host-unsigned"), "{log}");
    assert_eq!(named(&session), ["acs3-host-unsigned"]);
}

#[test]
fn a_signature_is_shown_only_if_it_is_the_reason() {
    let (_, session) = refused(Scheme::Acs3, |headers| {
        sign_with(
            headers,
            &NAMES.replace("x-acs-version", "x-acs-version;x-acs-version"),
        );
    });
    let case = session.report.case("serve.echo.1.signature").unwrap();
    let logged = case.checks.iter().find(|check| check.id == "verifies");
    let logged = logged.unwrap().actual_text().unwrap();
    assert!(logged.ends_with("x-acs-version;x-acs-version"), "{logged}");
}
