//! A pre-signed URL as an answer to `sign`.

use fcgate_cases::corpus::SignExpectation;
use fcgate_protocol::{SignInput, SignKind, SignOutput};

use super::checks::failed;
use super::sign::{given, judged, verifies};

/// The published URL HT-09: the input of `sign`, and the signed URL.
fn pre_signed() -> (SignInput, String) {
    let (wire, credentials) = super::super::oracle::vectors::request_of("HT-09");
    let host = wire.value("host").unwrap();
    let (target, _) = wire.target.split_once("&x-fc-access-key-id").unwrap();
    let mut given = given("fc");
    given.kind = Some(SignKind::PresignedUrl);
    given.url = format!("https://{host}{target}");
    given.headers = wire.headers.clone();
    given.body = Vec::new();
    given.credentials = credentials;
    (given, format!("https://{host}{}", wire.target))
}

#[test]
fn a_pre_signed_url_is_compared_and_verified() {
    let (given, url) = pre_signed();
    let expect = SignExpectation {
        url: Some(url.clone()),
        ..verifies(true)
    };
    let of = |url: &str| {
        let output = SignOutput::default().url(url);
        failed(&judged(&given, &expect, output))
    };
    assert_eq!(of(&url), [""; 0]);
    for (from, to, reason) in [
        (
            "FCTESTACCESSKEYID01",
            "LTAIsomeOtherKey42",
            "the authorization names another access key id: LTAI…42, not FCTESTACCESSKEYID01",
        ),
        (
            "signature=N35",
            "signature=X35",
            "the signature does not match this method, target and headers: \
             X35tembEhEHcXJ8WBqUbb88B%2BlARIkr9JKk2M3Hp%2BxA%3D",
        ),
        ("https://", "ftp://", "the answer has no usable URL"),
    ] {
        let wrong = url.replacen(from, to, 1);
        let expected = [format!("url: {wrong}"), format!("verifies: {reason}")];
        assert_eq!(of(&wrong), expected);
    }
    let none = failed(&judged(&given, &expect, SignOutput::default()));
    assert_eq!(
        none,
        ["url: (missing)", "verifies: the answer has no usable URL"]
    );
    let none = failed(&judged(&given, &verifies(false), SignOutput::default()));
    assert_eq!(none, [""; 0]);
}
