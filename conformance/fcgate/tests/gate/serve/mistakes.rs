//! Which mistake a refusal is put down to, in the log and in the report.

use fcgate::serve::Served;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, Scheme};

use super::client::{KEY_ID, Request, SECRET, Stand, raw};

const NAMES: &str = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;\
                     x-acs-version";

/// A call of `echo` with these headers after its signature was made: the log and the report of it.
fn refused(scheme: Scheme, change: impl FnOnce(&mut HeaderList)) -> (String, Served) {
    let stand = Stand::new();
    let request = Request::of("echo").by(scheme);
    let mut headers = request.signed(&stand.address().to_string());
    change(&mut headers);
    let answer = raw(
        stand.address(),
        "POST",
        &request.target,
        &headers,
        &request.body,
    );
    assert_eq!(answer.status(), 403, "{}", answer.text());
    (stand.log(), stand.end())
}

/// Signs anew, rightly, with these signed names.
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
fn named(served: &Served) -> Vec<&str> {
    let causes = served.report.causes.iter();
    causes.filter_map(|cause| cause.mutant.as_deref()).collect()
}

#[test]
fn another_access_key_id_is_no_mistake_of_signing() {
    for scheme in [Scheme::Fc, Scheme::Acs3] {
        let (log, served) = refused(scheme, |headers| {
            let (_, value) = headers.last_mut().unwrap();
            *value = value.replace(KEY_ID, "LTAI5someOtherAccessKey42");
        });
        assert_eq!(named(&served), Vec::<&str>::new(), "{scheme}");
        assert!(
            log.contains("not one of those that were given out: LTAI…42\n"),
            "{log}"
        );
        assert!(!log.contains("FCG") && !log.contains("someOther"), "{log}");
        let case = served.report.case("serve.echo.1.signature").unwrap();
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
fn a_right_signature_of_the_wrong_things_is_no_mistake_of_another_scheme() {
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
        let (log, served) = refused(Scheme::Acs3, |headers| sign_with(headers, &names));
        assert!(log.contains(reason), "{log}");
        assert!(
            !log.contains("FCG01") && !log.contains("no known mistake"),
            "{log}"
        );
        assert!(
            named(&served).iter().all(|name| name.starts_with("acs3-")),
            "{:?}",
            named(&served)
        );
    }
}

#[test]
fn the_digest_of_another_body_is_told_as_that_and_nothing_else() {
    let (log, served) = refused(Scheme::Acs3, |headers| {
        headers.set("x-acs-content-sha256", oracle::sha256_hex(b"another"));
        sign_with(headers, NAMES);
    });
    assert!(
        log.contains("refused: x-acs-content-sha256 is not"),
        "{log}"
    );
    assert!(
        log.contains("the signature itself is the right one"),
        "{log}"
    );
    assert_eq!(named(&served), Vec::<&str>::new(), "{log}");
}

#[test]
fn a_host_that_is_not_signed_is_named_as_that() {
    let (log, served) = refused(Scheme::Acs3, |headers| {
        sign_with(headers, &NAMES.replace("host;", ""));
    });
    assert!(log.contains("FCG0219 acs3-host-unsigned"), "{log}");
    assert!(
        log.contains("first difference: canonical_request: byte"),
        "{log}"
    );
    assert_eq!(named(&served), ["acs3-host-unsigned"]);
}

#[test]
fn a_signature_is_shown_only_where_it_is_the_reason() {
    let (_, served) = refused(Scheme::Acs3, |headers| {
        sign_with(
            headers,
            &NAMES.replace("x-acs-version", "x-acs-version;x-acs-version"),
        );
    });
    let case = served.report.case("serve.echo.1.signature").unwrap();
    let told = case.checks.iter().find(|check| check.id == "verifies");
    let told = told.unwrap().actual_text().unwrap();
    assert!(told.ends_with("x-acs-version;x-acs-version"), "{told}");
}
