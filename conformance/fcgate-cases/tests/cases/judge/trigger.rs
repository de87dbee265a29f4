//! The request to an HTTP trigger, which is that of the caller, with its authentication.

use fcgate_cases::corpus::{TriggerExpectation, TriggerGiven};
use fcgate_cases::judge::{self, Arrivals, ArrivedRequest, Check};
use fcgate_protocol::{Reply, Scheme, SignKind, TransportClass, TriggerAuth, TriggerOutput};
use serde_json::json;

use super::checks::{failed, ids};
use super::signed_request::{arrivals, long_lived, request, sign, temporary};

/// A change of a right request, and the failed checks.
type Row = (
    &'static str,
    fn(&mut ArrivedRequest),
    &'static [&'static str],
);

/// A call of a trigger that is signed by this scheme.
pub(crate) fn given(scheme: &str) -> TriggerGiven {
    serde_json::from_value(json!({
        "scheme": scheme,
        "method": "PUT",
        "target": "/p%61th/x?b=1&a=x+y",
        "headers": [["X-Note", "1"], ["X-Tag", "a"]],
        "body_b64": "b2s=",
        "credentials": temporary(),
        "timeout_ms": 1000,
        "answer": {"status": 200, "headers": [], "body_b64": ""}
    }))
    .unwrap()
}

fn without_signature(auth: TriggerAuth) -> TriggerGiven {
    let mut given = given("fc");
    given.auth = Some(auth);
    given
}

fn bearer() -> TriggerGiven {
    without_signature(TriggerAuth::Bearer {
        token: "dummy-token".to_owned(),
    })
}

/// The request that the case demands, changed and then signed.
fn sent(given: &TriggerGiven, change: impl Fn(&mut ArrivedRequest)) -> ArrivedRequest {
    let all = [("Host", "127.0.0.1:4000"), ("X-Note", "1"), ("x-tag", "a")];
    let mut sent = request("PUT", "/path/x?a=x%20y&b=1", &all, b"ok");
    let token = given.credentials.security_token.clone().unwrap_or_default();
    match (&given.auth, given.scheme) {
        (None, Scheme::Fc) => {
            sent.headers.push("Date", "Wed, 11 May 2022 09:00:00 GMT");
            sent.headers.push("X-Fc-Security-Token", token);
        }
        (None, Scheme::Acs3) => {
            sent.headers.push("X-Acs-Date", "2022-05-11T09:00:00.123Z");
            sent.headers.push("X-Acs-Security-Token", token);
        }
        (Some(TriggerAuth::Bearer { token }), _) => {
            sent.headers
                .push("Authorization", format!("Bearer {token}"));
        }
        (Some(TriggerAuth::Anonymous), _) => {}
    }
    change(&mut sent);
    if given.auth.is_some() {
        return sent;
    }
    sign(
        sent,
        given.scheme,
        SignKind::HttpTrigger,
        &given.credentials,
    )
}

/// The checks of a case that expects this number of requests and no response.
fn judged(given: &TriggerGiven, requests: u32, arrivals: &Arrivals) -> Vec<Check> {
    let expect = TriggerExpectation {
        response: None,
        requests,
    };
    let answer = Reply::Ok(TriggerOutput::failed(TransportClass::Truncated));
    judge::trigger(given, &expect, &answer, arrivals)
}

fn failed_with(given: &TriggerGiven, change: impl Fn(&mut ArrivedRequest)) -> Vec<String> {
    failed(&judged(given, 1, &arrivals([sent(given, change)])))
}

#[test]
fn a_right_request_passes_the_checks_of_its_authentication() {
    let signed = |token| {
        let demanded = [token, "arrived.header.x-note", "arrived.header.x-tag"];
        let after = [
            "arrived.unset",
            "arrived.body",
            "arrived.secret",
            "arrived.date",
        ];
        let connection = ["arrived.host", "arrived.version", "arrived.framing"];
        [&demanded[..], &after, &connection, &["arrived.verifies"]].concat()
    };
    let unsigned = [
        "arrived.header.x-note",
        "arrived.header.x-tag",
        "arrived.unset",
        "arrived.body",
        "arrived.unsigned",
        "arrived.secret",
        "arrived.host",
        "arrived.version",
        "arrived.framing",
    ];
    for (given, checks) in [
        (given("fc"), signed("arrived.header.x-fc-security-token")),
        (given("acs3"), signed("arrived.header.x-acs-security-token")),
        (without_signature(TriggerAuth::Anonymous), unsigned.to_vec()),
        (
            bearer(),
            [&["arrived.header.authorization"][..], &unsigned].concat(),
        ),
    ] {
        let found = judged(&given, 1, &arrivals([sent(&given, |_| ())]));
        assert_eq!(failed(&found), [""; 0]);
        let first = [
            "reply",
            "no-response",
            "requests",
            "arrived.method",
            "arrived.path",
            "arrived.query",
        ];
        assert_eq!(ids(&found), [&first[..], &checks].concat());
    }
}

#[test]
fn the_request_is_that_of_the_caller() {
    let rows: [Row; 10] = [
        (
            "method",
            |r| r.method = "POST".into(),
            &["arrived.method: POST"],
        ),
        (
            "path",
            |r| r.target = "/path?b=1&a=x%20y".into(),
            &["arrived.path: /path"],
        ),
        (
            "query",
            |r| r.target = "/path/x?b=1&a=x%2By".into(),
            &["arrived.query: a=x+y␊b=1"],
        ),
        (
            "no query",
            |r| r.target = "/path/x".into(),
            &["arrived.query: "],
        ),
        (
            "header",
            |r| r.headers.set("x-note", "2"),
            &["arrived.header.x-note: 2"],
        ),
        (
            "header of another caller",
            |r| r.headers.push("X-Second", "2"),
            &["arrived.unset: x-second: 2"],
        ),
        ("body", |r| r.body = b"no".to_vec(), &["arrived.body: no"]),
        (
            "host",
            |r| r.headers.remove("host"),
            &["arrived.host: no Host header"],
        ),
        (
            "version",
            |r| r.minor_version = 0,
            &["arrived.version: HTTP/1.0"],
        ),
        (
            "the secret",
            |r| r.headers.push("X-Key", "fcTestAccessKeySecret0123456789"),
            &["arrived.secret: it is in the header x-key"],
        ),
    ];
    for (what, change, expected) in rows {
        for given in [given("fc"), bearer()] {
            assert_eq!(failed_with(&given, change), expected, "{what}");
        }
    }
}

#[test]
fn the_framing_and_the_number_of_requests_are_checked_for_every_authentication() {
    for given in [given("fc"), bearer()] {
        let faulty = |request: &mut ArrivedRequest| request.fault = Some("a bare LF");
        assert_eq!(failed_with(&given, faulty), ["arrived.framing: a bare LF"]);
        let right = || sent(&given, |_| ());
        let twice = arrivals([right(), right()]);
        assert_eq!(failed(&judged(&given, 1, &twice)), ["requests: 2"]);
        assert_eq!(failed(&judged(&given, 2, &twice)), [""; 0]);
        let none = judged(&given, 0, &arrivals([]));
        assert_eq!(ids(&none), ["reply", "no-response", "requests"]);
    }
}

#[test]
fn a_signed_call_has_the_token_a_date_and_a_signature() {
    let given = given("fc");
    assert_eq!(
        failed_with(&given, |r| r
            .headers
            .set("date", "Wed, 11 May 2022 08:00:00 GMT")),
        ["arrived.date: about 1 h behind the endpoint's clock"]
    );
    assert_eq!(
        failed_with(&given, |r| r.headers.remove("x-fc-security-token")),
        [
            "arrived.header.x-fc-security-token: (missing)",
            "arrived.verifies: the security token is missing or different"
        ]
    );
    let mut unsigned = sent(&given, |_| ());
    unsigned.headers.remove("authorization");
    assert_eq!(
        failed(&judged(&given, 1, &arrivals([unsigned]))),
        ["arrived.verifies: the request has no signature"]
    );
}

#[test]
fn the_acs3_recipe_sends_the_header_of_the_token_even_without_a_token() {
    let mut of_acs3 = given("acs3");
    of_acs3.credentials = long_lived();
    assert_eq!(failed_with(&of_acs3, |_| ()), [""; 0]);
    assert_eq!(
        failed_with(&of_acs3, |r| r.headers.remove("x-acs-security-token")),
        [
            "arrived.header.x-acs-security-token: (missing)",
            "arrived.verifies: header \"x-acs-security-token\" is not among the signed names"
        ]
    );
    let mut of_fc = given("fc");
    of_fc.credentials = long_lived();
    assert_eq!(
        failed_with(&of_fc, |r| r.headers.remove("x-fc-security-token")),
        [""; 0]
    );
}

#[test]
fn the_date_of_the_acs3_recipe_may_have_a_fraction_of_up_to_nine_digits() {
    let given = given("acs3");
    let of = |date: &str| failed_with(&given, |r| r.headers.set("x-acs-date", date));
    for right in [
        "2022-05-11T09:00:00Z",
        "2022-05-11T09:00:00.1Z",
        "2022-05-11T09:00:00.123456789Z",
    ] {
        assert_eq!(of(right), [""; 0], "{right}");
    }
    for (wrong, fault) in [
        ("2022-05-11T09:00:00.Z", "a date in another form"),
        ("2022-05-11T09:00:00.12aZ", "a date in another form"),
        ("2022-05-11T09:00:00.1234567890Z", "a date in another form"),
        ("2022-05-11T09:00:00.1", "a date in another form"),
        (
            "2022-05-11T10:00:00.1Z",
            "about 1 h ahead of the endpoint's clock",
        ),
    ] {
        assert_eq!(of(wrong), [format!("arrived.date: {fault}")], "{wrong}");
    }
}

#[test]
fn a_bearer_token_is_compared_byte_for_byte_and_its_scheme_without_case() {
    let given = bearer();
    let of = |value: &str| failed_with(&given, |r| r.headers.set("authorization", value));
    assert_eq!(of("bearer dummy-token"), [""; 0]);
    for wrong in [
        "Bearer Dummy-Token",
        "Basic dummy-token",
        "dummy-token",
        "Bearer",
    ] {
        assert_eq!(
            of(wrong),
            [format!("arrived.header.authorization: {wrong}")]
        );
    }
    assert_eq!(
        failed_with(&given, |r| r.headers.remove("authorization")),
        ["arrived.header.authorization: (missing)"]
    );
    assert_eq!(
        failed_with(&given, |r| r
            .headers
            .push("Authorization", "Bearer dummy-token")),
        ["arrived.header.authorization: Bearer dummy-token␊Bearer dummy-token"]
    );
}

#[test]
fn a_call_without_a_signature_carries_nothing_of_an_access_key() {
    let anonymous = without_signature(TriggerAuth::Anonymous);
    let of = |name: &str, value: &str| failed_with(&anonymous, |r| r.headers.push(name, value));
    assert_eq!(of("Date", "Wed, 11 May 2022 09:00:00 GMT"), [""; 0]);
    for (name, value, fault) in [
        ("X-Acs-Action", "x", "the header x-acs-action"),
        ("X-Fc-Security-Token", "x", "the header x-fc-security-token"),
        ("X-Fc-Date", "x", "the header x-fc-date"),
        ("Authorization", "x", "the header authorization"),
        (
            "X-Id",
            "id=FCTESTACCESSKEYID01",
            "a part of the credentials is in the header x-id",
        ),
        (
            "X-Token",
            "dummy-sts-token",
            "a part of the credentials is in the header x-token",
        ),
    ] {
        assert_eq!(
            of(name, value),
            [format!("arrived.unsigned: {fault}")],
            "{name}"
        );
    }
    let in_target = |key: &str| {
        failed_with(&anonymous, |r| {
            r.target = format!("/path/x?a=x%20y&b=1&k={key}");
        })
    };
    for key in ["FCTESTACCESSKEYID01", "dummy-sts-token"] {
        assert_eq!(
            in_target(key),
            [
                format!("arrived.query: a=x y␊b=1␊k={key}"),
                "arrived.unsigned: a part of the credentials is in the target".to_owned()
            ]
        );
    }
    // An Authorization is that of the bearer token, but no other part of a signature may be there.
    let with_date = failed_with(&bearer(), |r| r.headers.push("X-Fc-Date", "x"));
    assert_eq!(with_date, ["arrived.unsigned: the header x-fc-date"]);
    let mut long = without_signature(TriggerAuth::Anonymous);
    long.credentials = long_lived();
    assert_eq!(failed_with(&long, |_| ()), [""; 0]);
}
