//! An answer to `sign`: stages, added headers, the signature, and the verdict of the oracle in words.

use fcgate_cases::corpus::SignExpectation;
use fcgate_cases::judge::{self, Check, CheckStatus};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{Reply, Scheme, SignInput, SignKind, SignOutput, Stages};
use serde_json::json;

use super::checks::{failed, ids};
use super::signed_request::{authorization, request, temporary};

/// A change of a right answer, and the failed check.
type Row = (&'static str, fn(&mut SignOutput), &'static str);

const TARGET: &str = "/2021-04-06/services/s/functions/f/invocations?qualifier=prod";

/// A request to sign.
pub(crate) fn given(scheme: &str) -> SignInput {
    serde_json::from_value(json!({
        "scheme": scheme,
        "method": "POST",
        "url": format!("https://fn.example.com{TARGET}"),
        // The signer replaces the date.
        "headers": [["Content-Type", "text/plain"], ["Date", "yesterday"]],
        "body_b64": "b2s=",
        "credentials": temporary(),
        "time": "2022-05-11T09:00:00Z",
        "nonce": "nonce-1"
    }))
    .unwrap()
}

/// The headers that the signer adds, without the signature.
fn added(scheme: Scheme) -> Vec<(&'static str, &'static str)> {
    match scheme {
        Scheme::Fc => vec![
            ("Date", "Wed, 11 May 2022 09:00:00 GMT"),
            ("X-Fc-Security-Token", "dummy-sts-token"),
        ],
        Scheme::Acs3 => vec![
            ("Date", "Wed, 11 May 2022 09:00:00 GMT"),
            ("X-Acs-Date", "2022-05-11T09:00:00Z"),
            ("X-Acs-Signature-Nonce", "nonce-1"),
            (
                "X-Acs-Content-Sha256",
                "2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df",
            ),
            ("X-Acs-Security-Token", "dummy-sts-token"),
        ],
    }
}

/// The right answer.
fn right(given: &SignInput) -> SignOutput {
    let added = added(given.scheme);
    let mut headers = added.clone();
    headers.extend([("Content-Type", "text/plain"), ("Host", "fn.example.com")]);
    let sent = request("POST", TARGET, &headers, b"ok");
    let value = authorization(&sent, given.scheme, SignKind::Api, &given.credentials);
    let wire = WireRequest::new("POST", TARGET)
        .headers(&sent.headers)
        .body(b"ok");
    let secret = &given.credentials.access_key_secret;
    let stages = match given.scheme {
        Scheme::Fc => oracle::fc_stages(&wire, SignKind::Api, secret),
        Scheme::Acs3 => {
            let names = "content-type;host;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce";
            oracle::acs3_stages(&wire, names, secret).unwrap()
        }
    };
    let mut output = SignOutput::new(added.into_iter().collect()).stages(stages);
    output.headers.push("Authorization", value);
    output
}

/// The expectation that an answer is equal to this one.
fn like(output: &SignOutput) -> SignExpectation {
    let mut expect: SignExpectation = serde_json::from_value(json!({
        "headers": {"present": [["Date", "Wed, 11 May 2022 09:00:00 GMT"]], "absent": ["X-Fc-Date"]},
        "verifies": true
    }))
    .unwrap();
    expect.stages.clone_from(&output.stages);
    expect.authorization = output.headers.get("authorization").map(str::to_owned);
    expect
}

/// The expectation that the signature verifies, or that it does not.
pub(crate) fn verifies(expected: bool) -> SignExpectation {
    SignExpectation {
        verifies: Some(expected),
        ..SignExpectation::default()
    }
}

/// The checks of an output.
pub(crate) fn judged(
    given: &SignInput,
    expect: &SignExpectation,
    output: SignOutput,
) -> Vec<Check> {
    judge::sign(given, expect, &Reply::Ok(output))
}

#[test]
fn a_right_answer_passes_one_check_for_each_expected_value() {
    let after = [
        "string_to_sign",
        "signature",
        "authorization",
        "verifies",
        "added.date",
        "not-added.x-fc-date",
    ];
    for (scheme, texts) in [
        ("fc", &["canonical_headers", "canonical_resource"][..]),
        ("acs3", &["canonical_request"]),
    ] {
        let given = given(scheme);
        let output = right(&given);
        let checks = judged(&given, &like(&output), output);
        assert_eq!(failed(&checks), [""; 0], "{scheme}");
        assert_eq!(ids(&checks), [&["reply"][..], texts, &after].concat());
    }
}

#[test]
fn each_value_that_differs_fails_its_check() {
    fn stages(output: &mut SignOutput) -> &mut Stages {
        output.stages.as_mut().unwrap()
    }
    let rows: [Row; 6] = [
        (
            "fc",
            |output| stages(output).canonical_headers = Some("a\n".into()),
            "canonical_headers: a␊",
        ),
        (
            "fc",
            |output| stages(output).canonical_resource = Some("/".into()),
            "canonical_resource: /",
        ),
        (
            "acs3",
            |output| stages(output).canonical_request = Some("c".into()),
            "canonical_request: c",
        ),
        (
            "fc",
            |output| stages(output).string_to_sign = Some("s".into()),
            "string_to_sign: s",
        ),
        (
            "acs3",
            |output| stages(output).signature = Some("0f".into()),
            "signature: 0f",
        ),
        (
            "acs3",
            |output| output.headers.push("X-Fc-Date", "today"),
            "not-added.x-fc-date: today",
        ),
    ];
    for (scheme, change, expected) in rows {
        let given = given(scheme);
        let expect = like(&right(&given));
        let mut output = right(&given);
        change(&mut output);
        assert_eq!(failed(&judged(&given, &expect, output)), [expected]);
    }
    let given = given("acs3");
    let expect = like(&right(&given));
    let mut output = right(&given);
    output.headers.remove("date");
    assert_eq!(
        failed(&judged(&given, &expect, output)),
        ["added.date: (missing)"]
    );
}

#[test]
fn stages_that_the_answer_does_not_have_are_unsupported() {
    for (scheme, count) in [("fc", 4), ("acs3", 3)] {
        let given = given(scheme);
        let mut output = right(&given);
        let expect = like(&output);
        output.stages = None;
        let checks = judged(&given, &expect, output);
        assert_eq!(failed(&checks), [""; 0]);
        let unsupported = checks
            .iter()
            .filter(|check| check.status == CheckStatus::Unsupported);
        assert_eq!(unsupported.count(), count, "{scheme}");
    }
}

#[test]
fn stages_that_the_case_does_not_expect_are_not_checked() {
    let given = given("fc");
    let mut expect = like(&right(&given));
    expect.stages = Some(Stages::default());
    let checks = judged(&given, &expect, right(&given));
    assert_eq!(
        ids(&checks),
        [
            "reply",
            "authorization",
            "verifies",
            "added.date",
            "not-added.x-fc-date"
        ]
    );
}

fn authorize(output: &mut SignOutput, from: &str, to: &str) {
    let value = output
        .headers
        .get("authorization")
        .unwrap()
        .replacen(from, to, 1);
    output.headers.set("authorization", value);
}

#[test]
fn the_verdict_of_the_oracle_names_the_part_that_is_wrong() {
    let rows: [Row; 11] = [
        (
            "fc",
            |o| o.headers.remove("authorization"),
            "the request has no signature",
        ),
        (
            "fc",
            |o| authorize(o, "FC ", "fc "),
            "invalid form of the authorization, expected `FC` and one space: fc FCTESTACCESSKEYID01:…",
        ),
        (
            "fc",
            |o| authorize(o, "FCTESTACCESSKEYID01", "LTAIsomeOtherKey42"),
            "the authorization names another access key id: LTAI…42, not FCTESTACCESSKEYID01",
        ),
        (
            "fc",
            |o| {
                o.headers
                    .set("authorization", "FC FCTESTACCESSKEYID01:AAAA");
            },
            "the signature does not match this method, target and headers: AAAA",
        ),
        (
            "fc",
            |o| o.headers.remove("x-fc-security-token"),
            "the security token is missing or different",
        ),
        (
            "acs3",
            |o| {
                authorize(
                    o,
                    "Credential=FCTESTACCESSKEYID01",
                    "Credential=LTAIsomeOtherKey42",
                );
            },
            "the authorization names another access key id: LTAI…42, not FCTESTACCESSKEYID01",
        ),
        (
            "acs3",
            |o| {
                o.headers.set("authorization", "ACS3-HMAC-SHA256 Credential=FCTESTACCESSKEYID01,SignedHeaders=host;date,Signature=0f");
            },
            "the signed names are not in lower case, unique and sorted by bytes: host;date",
        ),
        (
            "acs3",
            |o| authorize(o, "content-type;", ""),
            "header \"content-type\" is not among the signed names",
        ),
        (
            "acs3",
            |o| o.headers.set("x-acs-content-sha256", "abc"),
            "x-acs-content-sha256 is not the hex SHA-256 of the body: abc",
        ),
        (
            "acs3",
            |o| authorize(o, "Signature=", "Signature=0f,"),
            "the signature does not match this method, target and headers: SIGNATURE",
        ),
        (
            "acs3",
            |o| authorize(o, "Credential=", "Key="),
            "invalid form of the authorization, expected `Credential=`: ACS3-HMAC-SHA256 Key=FCTESTACCESSKEYID01,\
             SignedHeaders=content-type;host;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce,Signature=…",
        ),
    ];
    for (scheme, change, words) in rows {
        let given = given(scheme);
        let mut output = right(&given);
        output.stages = None;
        change(&mut output);
        let value = output.headers.get("authorization").unwrap_or_default();
        let signature = value
            .rsplit_once("Signature=")
            .map_or("", |(_, signature)| signature);
        let expected = format!("verifies: {}", words.replace("SIGNATURE", signature));
        assert_eq!(failed(&judged(&given, &verifies(true), output)), [expected]);
    }
}

/// A scheme, and a change of the text that it signs.
type TextRow = (&'static str, fn(&mut Stages));

#[test]
fn a_wrong_signature_with_a_wrong_signed_text_shows_the_texts() {
    let rows: [TextRow; 2] = [
        ("fc", |stages| stages.string_to_sign = Some("text".into())),
        ("acs3", |stages| {
            stages.canonical_request = Some("text".into());
        }),
    ];
    for (scheme, change) in rows {
        let given = given(scheme);
        let mut output = right(&given);
        change(output.stages.as_mut().unwrap());
        // A text that was not signed is not compared while the signature is right.
        assert_eq!(
            failed(&judged(&given, &verifies(true), output.clone())),
            [""; 0]
        );
        authorize(&mut output, ":", ":A");
        authorize(&mut output, "Signature=", "Signature=0");
        let checks = judged(&given, &verifies(true), output);
        assert_eq!(failed(&checks), ["verifies: text"]);
        assert!(checks.last().unwrap().first_difference.is_some());
    }
}

#[test]
fn a_wrong_signature_with_the_right_signed_text_is_described() {
    let given = given("fc");
    let mut output = right(&given);
    output
        .headers
        .set("authorization", "FC FCTESTACCESSKEYID01:AAAA");
    assert_eq!(
        failed(&judged(&given, &verifies(true), output)),
        ["verifies: the signature does not match this method, target and headers: AAAA"]
    );
}

#[test]
fn a_signature_that_must_not_verify_fails_if_it_does() {
    let given = given("fc");
    let mut output = right(&given);
    output.stages = None;
    let checks = judged(&given, &verifies(false), output.clone());
    assert_eq!(failed(&checks), ["verifies: the signature verifies"]);
    assert_eq!(
        checks[1].expected_text().unwrap(),
        "the signature does not verify"
    );
    authorize(&mut output, ":", ":A");
    assert_eq!(failed(&judged(&given, &verifies(false), output)), [""; 0]);
}
