//! Every reason for which the oracle refuses a request by ACS3.

use fcgate_cases::oracle::{self, Reason, WireRequest};
use fcgate_protocol::{Credentials, Scheme, SignKind};

use super::refusals::{Row, authorize, judge, recorded};

/// Removes a header and its name from the signed ones.
fn leave_out(request: &mut WireRequest, name: &str) {
    request.headers.remove(name);
    authorize(request, &format!("{name};"), "");
}

#[test]
fn an_acs3_authorization_is_refused_for_each_part_that_is_wrong() {
    let rows: [Row; 16] = [
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
    ];
    let right = recorded("py-fc3-4.8.3", "sts");
    judge(&rows, (Scheme::Acs3, SignKind::Api), &right);
}

#[test]
fn an_acs3_request_is_refused_if_its_content_is_not_the_signed_one() {
    let rows: [Row; 8] = [
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
