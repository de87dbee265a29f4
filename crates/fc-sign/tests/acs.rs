//! The scheme `acs`: vector RO-01, and what it refuses.

#![cfg(feature = "acs")]
#![expect(clippy::unwrap_used, reason = "an invalid vector fails the test")]

use fc_sign::{Credentials, SignError, Timestamp, acs};
use http::Request;
use serde_json::Value;

fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

fn signer() -> acs::AcsSigner {
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    acs::AcsSigner::new(&Credentials::new(id, secret))
}

#[test]
fn vector_ro_01_is_reproduced() {
    let file: Value = serde_json::from_str(include_str!("signing.json")).unwrap();
    let mut vectors = file["vectors"].as_array().unwrap().iter();
    let vector = vectors.find(|vector| vector["id"] == "RO-01").unwrap();
    let target = vector["raw_target"].as_str().unwrap();
    let mut request = Request::post(format!("https://fc.example.com{target}"));
    for pair in vector["headers"].as_array().unwrap() {
        let [name, value] = [0, 1].map(|position| pair[position].as_str().unwrap());
        if name != "host" && name != "date" {
            request = request.header(name, value);
        }
    }
    let request = request.body(()).unwrap();
    let string_to_sign = signer().string_to_sign(&request, time()).unwrap();
    assert_eq!(string_to_sign, vector["stages"]["string_to_sign"]);
    let added = signer().sign(&request, time()).unwrap();
    assert_eq!(
        added.authorization(),
        vector["authorization"].as_str().unwrap()
    );
    let names: Vec<&str> = added.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["date", "authorization"]);
}

#[test]
fn a_request_without_headers_gets_an_accept_that_is_signed() {
    let request = Request::get("https://fc.example.com/orders/7?b=2&a=1&&a-b=3").body(());
    let request = request.unwrap();
    assert_eq!(
        signer().string_to_sign(&request, time()).unwrap(),
        "GET\n*/*\n\n\nWed, 11 May 2022 09:00:00 GMT\n/orders/7?a=1&a-b=3&b=2"
    );
    let added = signer().sign(&request, time()).unwrap();
    let values: Vec<_> = added.iter().map(|(_, value)| value.clone()).collect();
    assert_eq!(values[..2], ["*/*", "Wed, 11 May 2022 09:00:00 GMT"]);
    assert!(added.authorization().is_sensitive());
}

#[test]
fn the_token_of_temporary_credentials_is_sent_and_signed() {
    let [id, secret, token] = ["id", "secret", "sts-token"];
    let key = Credentials::temporary(
        id.parse().unwrap(),
        secret.parse().unwrap(),
        token.parse().unwrap(),
    );
    let signer = acs::AcsSigner::new(&key);
    let mut request = Request::get("https://fc.example.com/").body(()).unwrap();
    let string_to_sign = signer.string_to_sign(&request, time()).unwrap();
    assert!(string_to_sign.ends_with("GMT\nx-acs-security-token:sts-token\n/"));
    let first = signer.sign(&request, time()).unwrap();
    // The same token in the request is not signed twice; another one is refused.
    let headers = request.headers_mut();
    headers.insert("x-acs-security-token", token.parse().unwrap());
    let second = signer.sign(&request, time()).unwrap();
    assert_eq!(first.authorization(), second.authorization());
    let headers = request.headers_mut();
    headers.insert("x-acs-security-token", "other".parse().unwrap());
    let error = signer.sign(&request, time()).unwrap_err();
    assert!(error.to_string().starts_with("token-conflict"), "{error}");
}

#[test]
fn what_could_be_signed_in_two_ways_is_refused() {
    let refusal = |target: &str, header: Option<(&str, &str)>| {
        let mut request = Request::get(format!("https://fc.example.com{target}"));
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let error = signer().sign(&request.body(()).unwrap(), time()).err();
        error.map(|error| error.to_string().split(':').next().unwrap().to_owned())
    };
    for target in [
        "/a%20b",
        "/$a",
        "/a+b",
        "/a?b=%20",
        "/a?b=1+2",
        "/a?b",
        "/a?b=",
        "/a?b=1&b=2",
    ] {
        let found = refusal(target, None);
        assert_eq!(found.as_deref(), Some("ambiguous-resource"), "{target}");
    }
    assert_eq!(refusal("//a", None).as_deref(), Some("empty-segment"));
    assert_eq!(refusal("/a?b=1&c=2", None), None);
    let signed = Some(("authorization", "acs id:c2ln"));
    assert_eq!(refusal("/a", signed).as_deref(), Some("already-signed"));
    let token = Some(("x-acs-security-token", "of-another-key"));
    assert_eq!(refusal("/a", token).as_deref(), Some("token-conflict"));
}

#[test]
fn a_header_that_the_receiver_could_read_in_two_ways_is_refused() {
    let refusal = |headers: &[(&str, &str)]| {
        let mut request = Request::get("https://fc.example.com/a");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let error = signer().sign(&request.body(()).unwrap(), time()).err();
        error.map(|error| error.to_string().split(':').next().unwrap().to_owned())
    };
    for name in ["accept", "content-md5", "content-type", "date", "x-acs-a"] {
        assert_eq!(refusal(&[(name, "a")]), None, "{name}");
        let twice = refusal(&[(name, "a"), (name, "a")]);
        assert_eq!(twice.as_deref(), Some("duplicate-header"), "{name}");
        let padded = refusal(&[(name, "a ")]);
        assert_eq!(padded.as_deref(), Some("unsignable-header"), "{name}");
    }
    // Other headers are not signed.
    assert_eq!(refusal(&[("x-a", "a "), ("x-a", "a")]), None);
}

#[test]
fn a_uri_without_a_path_and_a_method_in_lower_case_are_refused() {
    let request = |method, uri| Request::builder().method(method).uri(uri).body(()).unwrap();
    for (method, uri, expected) in [
        ("GET", "fc.example.com:443", SignError::Path),
        ("GET", "*", SignError::Path),
        ("get", "https://fc.example.com/", SignError::Method),
    ] {
        let error = signer().sign(&request(method, uri), time()).unwrap_err();
        assert_eq!(error, expected, "{method} {uri}");
    }
}

#[test]
fn debug_output_shows_the_access_key_id_only() {
    let shown = format!("{:?}", signer());
    assert_eq!(
        shown,
        r#"AcsSigner { access_key_id: "FCTESTACCESSKEYID01", .. }"#
    );
}
