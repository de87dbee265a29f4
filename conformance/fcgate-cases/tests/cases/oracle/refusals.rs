//! Every reason for which the oracle refuses a request: recorded and published requests, each with one thing wrong.

use fcgate_cases::corpus::Files;
use fcgate_cases::oracle::{self, Reason, WireRequest};
use fcgate_cases::recorded_traffic;
use fcgate_protocol::{Credentials, Scheme, SignKind};

/// A change of a right request, and the reason for which the changed one is refused.
type Row = (&'static str, fn(&mut WireRequest), Option<Reason>);

/// A recorded request of an SDK with its credentials.
fn recorded(sdk: &str, case: &str) -> (WireRequest, Credentials) {
    let recordings = recorded_traffic::recordings(&Files::embedded()).unwrap();
    let mut of_sdk = recordings.iter().filter(|one| one.sdk == sdk);
    let mut requests = of_sdk.next().unwrap().requests.iter();
    let found = requests.find(|request| request.case == case).unwrap();
    let request = WireRequest::new(&found.method, &found.target)
        .headers(&found.headers)
        .body(found.body.as_deref().unwrap());
    (request, found.credentials.clone())
}

fn judge(
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
fn authorize(request: &mut WireRequest, from: &str, to: &str) {
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

/// Removes a header and its name from the signed ones.
fn leave_out(request: &mut WireRequest, name: &str) {
    request.headers.remove(name);
    authorize(request, &format!("{name};"), "");
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
fn an_acs3_request_is_refused_for_each_part_that_is_wrong() {
    let rows: [Row; 24] = [
        ("nothing", |_| (), None),
        (
            "a header that is not signed",
            |r| r.headers.set("accept-encoding", "x"),
            None,
        ),
        (
            "no authorization",
            |r| r.headers.remove("authorization"),
            Some(Reason::Missing),
        ),
        (
            "another algorithm",
            |r| authorize(r, "SHA256", "SHA1"),
            Some(Reason::Form("`ACS3-HMAC-SHA256` and one space")),
        ),
        (
            "no space after the algorithm",
            |r| authorize(r, " ", ","),
            Some(Reason::Form("`ACS3-HMAC-SHA256` and one space")),
        ),
        (
            "a second space",
            |r| authorize(r, " ", "  "),
            Some(Reason::Form("`Credential=`")),
        ),
        (
            "a space before the signed names",
            |r| authorize(r, ",SignedHeaders", ", SignedHeaders"),
            Some(Reason::Form("`,SignedHeaders=`")),
        ),
        (
            "a space before the signature",
            |r| authorize(r, ",Signature=", ", Signature="),
            Some(Reason::Form("`,Signature=`")),
        ),
        (
            "another access key id",
            |r| authorize(r, "STS.", "STX."),
            Some(Reason::AccessKeyId),
        ),
        (
            "names that are not sorted",
            |r| authorize(r, "accept;content-type;", "content-type;accept;"),
            Some(Reason::SignedNames),
        ),
        (
            "a repeated name",
            |r| authorize(r, "accept;", "accept;accept;"),
            Some(Reason::SignedNames),
        ),
        (
            "a name in upper case",
            |r| authorize(r, "accept;", "Accept;"),
            Some(Reason::SignedNames),
        ),
        (
            "a name that is not a header",
            |r| authorize(r, "accept;", "accept-language;"),
            Some(Reason::SignedButAbsent("accept-language".to_owned())),
        ),
        (
            "the host is not signed",
            |r| authorize(r, "host;", ""),
            Some(Reason::NotSigned("host".to_owned())),
        ),
        (
            "the content type is not signed",
            |r| authorize(r, "content-type;", ""),
            Some(Reason::NotSigned("content-type".to_owned())),
        ),
        (
            "an x-acs- header is not signed",
            |r| authorize(r, "x-acs-action;", ""),
            Some(Reason::NotSigned("x-acs-action".to_owned())),
        ),
        (
            "another body",
            |r| r.body_sha256 = oracle::sha256_hex(b"other"),
            Some(Reason::ContentDigest),
        ),
        (
            "no digest of the body",
            |r| leave_out(r, "x-acs-content-sha256"),
            Some(Reason::ContentDigest),
        ),
        (
            "another token",
            |r| r.headers.set("x-acs-security-token", "other"),
            Some(Reason::SecurityToken),
        ),
        (
            "no token",
            |r| leave_out(r, "x-acs-security-token"),
            Some(Reason::SecurityToken),
        ),
        (
            "a signature with another character",
            |r| authorize(r, ",Signature=e", ",Signature=f"),
            Some(Reason::Signature),
        ),
        (
            "another method",
            |r| r.method = "PUT".to_owned(),
            Some(Reason::Signature),
        ),
        (
            "a query that was not signed",
            |r| r.target += "?a=1",
            Some(Reason::Signature),
        ),
        (
            "another value of a signed header",
            |r| r.headers.set("accept", "x"),
            Some(Reason::Signature),
        ),
    ];
    let right = recorded("py-fc3-4.8.3", "sts");
    judge(&rows, (Scheme::Acs3, SignKind::Api), &right);
}

/// The recipe of HTTP triggers: `x-acs-date` and `x-acs-security-token` are signed, and no digest is sent. No SDK follows it, so
/// that the texts and the signature are those of the oracle, which the published vectors prove.
fn of_acs3_trigger(names: &str, change: impl FnOnce(&mut WireRequest)) -> WireRequest {
    let mut request = WireRequest::new("POST", "/hello?foo=bar")
        .header("Host", "fn.example.com")
        .header("Content-Type", "text/plain")
        .header("x-acs-date", "2022-05-11T09:00:00Z")
        .header("x-acs-security-token", "")
        .body(b"hello");
    change(&mut request);
    let stages = oracle::acs3_stages(&request, names, "fcTestAccessKeySecret0123456789").unwrap();
    let signature = stages.signature.unwrap();
    request.header(
        "Authorization",
        format!(
            "ACS3-HMAC-SHA256 Credential=FCTESTACCESSKEYID01,SignedHeaders={names},Signature={signature}"
        ),
    )
}

#[test]
fn an_http_trigger_signs_the_headers_of_its_recipe_by_acs3() {
    let dummy = Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
    let reason =
        |request: &WireRequest, kind| oracle::verify(request, Scheme::Acs3, kind, &dummy).reason;
    let both = "x-acs-date;x-acs-security-token";
    let right = of_acs3_trigger(both, |_| ());
    assert_eq!(reason(&right, SignKind::HttpTrigger), None);
    let not_signed = |name: &str| Some(Reason::NotSigned(name.to_owned()));
    assert_eq!(reason(&right, SignKind::Api), not_signed("host"));
    let one = of_acs3_trigger("x-acs-date", |_| ());
    assert_eq!(
        reason(&one, SignKind::HttpTrigger),
        not_signed("x-acs-security-token")
    );
    let one = of_acs3_trigger("x-acs-security-token", |_| ());
    assert_eq!(
        reason(&one, SignKind::HttpTrigger),
        not_signed("x-acs-date")
    );
    // A digest that a client sends nevertheless must be right.
    for (digest, expected) in [
        (oracle::sha256_hex(b"hello"), None),
        (oracle::sha256_hex(b"other"), Some(Reason::ContentDigest)),
    ] {
        let sent = of_acs3_trigger(both, |request| {
            request.headers.push("x-acs-content-sha256", digest);
        });
        assert_eq!(reason(&sent, SignKind::HttpTrigger), expected);
    }
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

#[test]
fn a_header_value_is_signed_as_one_byte_per_latin_1_character_and_as_utf_8_beyond() {
    for (value, bytes) in [("é", vec![0xe9]), ("中", "中".into())] {
        let request = WireRequest::new("POST", "?a=1")
            .header("Date", "Wed, 11 May 2022 09:00:00 GMT")
            .header("X-Fc-Note", value);
        let stages = oracle::fc_stages(&request, SignKind::Api, "key");
        let before = b"POST\n\n\nWed, 11 May 2022 09:00:00 GMT\nx-fc-note:".to_vec();
        let text = [before, bytes, b"\n/".to_vec()].concat();
        assert_eq!(
            stages.signature.as_deref(),
            Some(oracle::fc_signature("key", &text).as_str())
        );
        let shown = format!("x-fc-note:{value}\n");
        assert_eq!(stages.canonical_headers, Some(shown));
    }
}
