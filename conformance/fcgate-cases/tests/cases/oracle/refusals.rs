//! Every reason for which the oracle refuses a request: recorded and published requests, each with one thing wrong.

use fcgate_cases::corpus::Files;
use fcgate_cases::oracle::{self, Reason, WireRequest};
use fcgate_cases::recorded_traffic;
use fcgate_protocol::{Credentials, Scheme, SignKind};

/// A change of a right request, and the reason for which the changed one is refused.
pub(crate) type Row = (&'static str, fn(&mut WireRequest), Option<Reason>);

/// A recorded request of an SDK with its credentials.
pub(crate) fn recorded(sdk: &str, case: &str) -> (WireRequest, Credentials) {
    let recordings = recorded_traffic::recordings(&Files::embedded()).unwrap();
    let mut of_sdk = recordings.iter().filter(|one| one.sdk == sdk);
    let mut requests = of_sdk.next().unwrap().requests.iter();
    let found = requests.find(|request| request.case == case).unwrap();
    let request = WireRequest::new(&found.method, &found.target)
        .headers(&found.headers)
        .body(found.body.as_deref().unwrap());
    (request, found.credentials.clone())
}

/// Checks the reason for which each changed request is refused.
pub(crate) fn judge(
    rows: &[Row],
    (scheme, kind): (Scheme, SignKind),
    (right, credentials): &(WireRequest, Credentials),
) {
    for (what, change, reason) in rows {
        let mut request = right.clone();
        change(&mut request);
        let verdict = oracle::verify(&request, scheme, kind, credentials);
        assert_eq!(&verdict.reason, reason, "{what}");
        assert_eq!(verdict.verifies(), reason.is_none(), "{what}");
    }
}

/// Replaces a text in the authorization.
pub(crate) fn authorize(request: &mut WireRequest, from: &str, to: &str) {
    let value = request.value("authorization").unwrap();
    let changed = value.replacen(from, to, 1);
    assert_ne!(value, changed);
    request.headers.set("authorization", changed);
}

/// Replaces a text in the target.
fn aim(request: &mut WireRequest, from: &str, to: &str) {
    let changed = request.target.replacen(from, to, 1);
    assert_ne!(request.target, changed);
    request.target = changed;
}

#[test]
fn an_fc_request_is_refused_for_each_part_that_is_wrong() {
    let rows: [Row; 18] = [
        ("nothing", |_| (), None),
        (
            "a header that is not signed",
            |r| r.headers.set("accept", "x"),
            None,
        ),
        (
            "no authorization",
            |r| r.headers.remove("authorization"),
            Some(Reason::Missing),
        ),
        (
            "the scheme in lower case",
            |r| authorize(r, "FC ", "fc "),
            Some(Reason::Form("`FC` and one space")),
        ),
        (
            "no colon",
            |r| authorize(r, ":", " "),
            Some(Reason::Form("a colon after the access key id")),
        ),
        (
            "another access key id",
            |r| authorize(r, "STS.", "STX."),
            Some(Reason::AccessKeyId),
        ),
        (
            "a second space",
            |r| authorize(r, "FC ", "FC  "),
            Some(Reason::AccessKeyId),
        ),
        (
            "no date",
            |r| r.headers.remove("date"),
            Some(Reason::DateMissing),
        ),
        (
            "no token",
            |r| r.headers.remove("x-fc-security-token"),
            Some(Reason::SecurityToken),
        ),
        (
            "another token",
            |r| r.headers.set("x-fc-security-token", "other"),
            Some(Reason::SecurityToken),
        ),
        (
            "no signature",
            |r| authorize(r, ":u49q45BlHOBYMxZCpRddjoIubPloEhA3vf65mfu6G2Q=", ":"),
            Some(Reason::Signature),
        ),
        (
            "a signature with another character",
            |r| authorize(r, ":u", ":v"),
            Some(Reason::Signature),
        ),
        (
            "another method",
            |r| r.method = "PUT".to_owned(),
            Some(Reason::Signature),
        ),
        (
            "another path",
            |r| aim(r, "demoFunction", "demofunction"),
            Some(Reason::Signature),
        ),
        (
            "another date",
            |r| r.headers.set("date", "Sun, 22 Nov 2026 09:02:10 GMT"),
            Some(Reason::Signature),
        ),
        (
            "another content type",
            |r| r.headers.set("content-type", "text/plain"),
            Some(Reason::Signature),
        ),
        (
            "a digest that was not signed",
            |r| r.headers.push("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
            Some(Reason::Signature),
        ),
        (
            "another header that is signed",
            |r| r.headers.set("x-fc-log-type", "None"),
            Some(Reason::Signature),
        ),
    ];
    let right = recorded("py-fc2-2.5.2", "sts");
    judge(&rows, (Scheme::Fc, SignKind::Api), &right);
}

#[test]
fn the_query_of_an_fc_request_is_signed_for_an_http_trigger_only() {
    let add: Row = ("one more pair", |r| r.target += "&b=2", None);
    let refused: Row = (add.0, add.1, Some(Reason::Signature));
    let trigger = recorded("py-fc2-2.5.2", "http_sts");
    judge(&[refused], (Scheme::Fc, SignKind::HttpTrigger), &trigger);
    let add: Row = ("a query", |r| r.target += "?b=2", None);
    let right = recorded("py-fc2-2.5.2", "sts");
    judge(&[add], (Scheme::Fc, SignKind::Api), &right);
}

#[test]
fn a_pre_signed_url_is_refused_for_each_part_that_is_wrong() {
    let rows: [Row; 10] = [
        ("nothing", |_| (), None),
        (
            "no signature",
            |r| aim(r, "x-fc-signature", "signature"),
            Some(Reason::Missing),
        ),
        (
            "no expiry",
            |r| aim(r, "x-fc-expires=1652260500&", ""),
            Some(Reason::DateMissing),
        ),
        (
            "another access key id",
            |r| aim(r, "FCTESTACCESSKEYID01", "FCTESTACCESSKEYID02"),
            Some(Reason::AccessKeyId),
        ),
        (
            "no access key id",
            |r| aim(r, "x-fc-access-key-id", "x-fc-id"),
            Some(Reason::AccessKeyId),
        ),
        (
            "another token",
            |r| aim(r, "CAIS", "CAIX"),
            Some(Reason::SecurityToken),
        ),
        (
            "no token",
            |r| aim(r, "x-fc-security-token", "x-fc-token"),
            Some(Reason::SecurityToken),
        ),
        (
            "a signature with another character",
            |r| aim(r, "N35tem", "N35ten"),
            Some(Reason::Signature),
        ),
        (
            "a later expiry",
            |r| aim(r, "1652260500", "1652260501"),
            Some(Reason::Signature),
        ),
        (
            "another pair",
            |r| aim(r, "x=b", "x=c"),
            Some(Reason::Signature),
        ),
    ];
    let right = super::vectors::request_of("HT-09");
    judge(&rows, (Scheme::Fc, SignKind::PresignedUrl), &right);
}

#[test]
fn a_reason_is_a_sentence_with_the_part_of_the_request() {
    for (reason, sentence) in [
        (Reason::Missing, "the request has no signature"),
        (
            Reason::Form("`Credential=`"),
            "invalid form of the authorization, expected `Credential=`",
        ),
        (
            Reason::AccessKeyId,
            "the authorization names another access key id",
        ),
        (
            Reason::DateMissing,
            "the request has neither date nor x-fc-date",
        ),
        (
            Reason::SecurityToken,
            "the security token is missing or different",
        ),
        (
            Reason::NotSigned("host".to_owned()),
            "header \"host\" is not among the signed names",
        ),
        (
            Reason::SignedButAbsent("a".to_owned()),
            "signed name \"a\" is not a header of the request",
        ),
        (
            Reason::SignedNames,
            "the signed names are not in lower case, unique and sorted by bytes",
        ),
        (
            Reason::ContentDigest,
            "x-acs-content-sha256 is not the hex SHA-256 of the body",
        ),
        (
            Reason::Signature,
            "the signature does not match this method, target and headers",
        ),
    ] {
        assert_eq!(reason.to_string(), sentence);
    }
}
