//! What does not depend on the purpose of a request: secret, date, nonce, connection, signature, and the number of requests.

use fcgate_cases::judge::{self, Arrival, Arrivals, ArrivedRequest};
use fcgate_protocol::{HeaderList, Scheme};

use super::checks::failed as failed_checks;
use super::invocation::{all_options, demanded, failed, judged, no_options, signed};
use super::signed_request::{NOW, arrivals};

/// A change of a right request, and the failed checks.
type Row = (
    &'static str,
    fn(&mut ArrivedRequest),
    &'static [&'static str],
);

#[test]
fn the_connection_is_that_of_one_message_to_the_endpoint() {
    let rows: [Row; 9] = [
        (
            "no host",
            |r| r.headers.remove("host"),
            &["arrived.host: no Host header"],
        ),
        (
            "two hosts",
            |r| r.headers.push("Host", "127.0.0.1:4000"),
            &["arrived.host: 2 Host headers"],
        ),
        (
            "a host without a port",
            |r| r.headers.set("host", "127.0.0.1"),
            &[],
        ),
        (
            "another port",
            |r| r.headers.set("host", "127.0.0.1:5000"),
            &["arrived.host: another port"],
        ),
        (
            "another host",
            |r| r.headers.set("host", "example.com:4000"),
            &["arrived.host: another host: example.com"],
        ),
        (
            "an old version",
            |r| r.minor_version = 0,
            &["arrived.version: HTTP/1.0"],
        ),
        (
            "a wrong form",
            |r| r.fault = Some("a line that ends without CR"),
            &["arrived.framing: a line that ends without CR"],
        ),
        (
            "the secret in a header",
            |r| {
                r.headers
                    .push("X-Debug", "key=fcTestAccessKeySecret0123456789");
            },
            &["arrived.secret: it is in the header x-debug"],
        ),
        (
            "the secret in the target and in a header",
            |r| {
                r.headers.push("X-Debug", "fcTestAccessKeySecret0123456789");
                r.target += "?k=fcTestAccessKeySecret0123456789";
            },
            &[
                "arrived.query: k=fcTestAccessKeySecret0123456789",
                "arrived.secret: it is in the target",
            ],
        ),
    ];
    let given = no_options();
    for (what, change, expected) in rows {
        assert_eq!(failed(&given, change), expected, "{what}");
    }
}

#[test]
fn the_name_of_the_endpoint_is_compared_without_case() {
    let given = no_options();
    let mut sent = arrivals([signed(&given, |r| r.headers.set("host", "LocalHost:4000"))]);
    sent.authority = "localhost:4000".to_owned();
    assert_eq!(failed_checks(&judged(&given, 1, &sent)), [""; 0]);
}

#[test]
fn a_content_length_in_characters_is_told_from_a_cut_body() {
    let mut given = no_options();
    given.input.payload = Some("中文".into());
    let cut = |length: usize| {
        let payload = "中文".as_bytes();
        failed(&given, |request| request.body = payload[..length].to_vec())
    };
    assert_eq!(cut(6), [""; 0]);
    assert_eq!(
        cut(2),
        [
            "arrived.body: \\x{e4}\\x{b8}",
            "arrived.framing: a Content-Length in characters, 2 instead of 6 bytes"
        ]
    );
    assert_eq!(cut(3), ["arrived.body: 中"]);
}

#[test]
fn the_date_has_the_form_of_its_scheme_and_the_time_of_the_endpoint() {
    let with = |scheme, value: Option<&str>| {
        let (given, name) = match scheme {
            Scheme::Fc => (no_options(), "date"),
            Scheme::Acs3 => (all_options("2023-03-30"), "x-acs-date"),
        };
        failed(&given, |request| match value {
            Some(value) => request.headers.set(name, value),
            None => request.headers.remove(name),
        })
    };
    let late = "more than 15 minutes behind the endpoint's clock";
    for (scheme, value, fault) in [
        (Scheme::Fc, "Wed, 11 May 2022 08:44:59 GMT", late),
        (Scheme::Acs3, "2022-05-11T08:44:59Z", late),
        (
            Scheme::Fc,
            "Wed, 11 May 2022 01:15:00 GMT",
            "about 8 h behind the endpoint's clock",
        ),
        (
            Scheme::Fc,
            "Fri, 13 May 2022 09:00:00 GMT",
            "about 48 h ahead of the endpoint's clock",
        ),
        (
            Scheme::Fc,
            "Fri, 13 May 2022 10:00:00 GMT",
            "in the year 2022",
        ),
        (
            Scheme::Acs3,
            "Wed, 11 May 2022 09:00:00 GMT",
            "an HTTP date",
        ),
        (
            Scheme::Acs3,
            "2022-05-11T09:00:00.000Z",
            "an ISO 8601 time in another form",
        ),
        (Scheme::Fc, "", "a date in another form"),
    ] {
        let expected = format!("arrived.date: {fault}");
        assert_eq!(with(scheme, Some(value)), [expected], "{value}");
    }
    assert_eq!(
        with(Scheme::Fc, None),
        [
            "arrived.date: no date",
            "arrived.verifies: the request has neither date nor x-fc-date"
        ]
    );
    assert_eq!(with(Scheme::Acs3, None), ["arrived.date: no date"]);
}

#[test]
fn an_implementation_with_its_own_clock_signs_the_current_time() {
    let now = NOW.parse().unwrap();
    let clock =
        |date: &str| judge::clock(Scheme::Acs3, &HeaderList::from([("x-acs-date", date)]), now);
    let right = clock("2022-05-11T09:15:00Z");
    assert_eq!((right.id.as_str(), right.failed()), ("clock", false));
    assert_eq!(
        failed_checks(&[clock("2022-05-11T09:15:01Z")]),
        ["clock: more than 15 minutes ahead of the endpoint's clock"]
    );
}

#[test]
fn every_acs3_request_of_a_run_has_a_new_nonce() {
    let rows: [Row; 3] = [
        (
            "no nonce",
            |r| r.headers.remove("x-acs-signature-nonce"),
            &["arrived.nonce: no nonce"],
        ),
        (
            "an empty nonce",
            |r| r.headers.set("x-acs-signature-nonce", ""),
            &["arrived.nonce: no nonce"],
        ),
        (
            "a used nonce",
            |r| r.has_new_nonce = false,
            &["arrived.nonce: the nonce of an earlier request"],
        ),
    ];
    let given = all_options("2023-03-30");
    for (what, change, expected) in rows {
        assert_eq!(failed(&given, change), expected, "{what}");
    }
    // The FC scheme has no nonce.
    assert_eq!(failed(&no_options(), |r| r.has_new_nonce = false), [""; 0]);
}

#[test]
fn a_request_that_does_not_verify_fails_with_the_reason() {
    let given = no_options();
    let none = arrivals([demanded(&given)]);
    assert_eq!(
        failed_checks(&judged(&given, 1, &none)),
        ["arrived.verifies: the request has no signature"]
    );
    let mut changed = signed(&given, |_| ());
    changed.headers.set("content-type", "text/plain");
    assert_eq!(
        failed_checks(&judged(&given, 1, &arrivals([changed]))),
        ["arrived.verifies: the signature does not match this method, target and headers"]
    );
}

#[test]
fn the_number_of_requests_is_the_expected_one() {
    let given = no_options();
    let right = || signed(&given, |_| ());
    assert_eq!(
        failed_checks(&judged(&given, 1, &arrivals([]))),
        ["requests: 0", "arrived.verifies: no request arrived"]
    );
    let none = judged(&given, 0, &arrivals([]));
    assert_eq!(super::checks::ids(&none), ["reply", "requests"]);
    assert_eq!(failed_checks(&none), [""; 0]);
    assert_eq!(
        failed_checks(&judged(&given, 1, &arrivals([right(), right()]))),
        ["requests: 2"]
    );
    assert_eq!(
        failed_checks(&judged(&given, 2, &arrivals([right(), right()]))),
        [""; 0]
    );
}

#[test]
fn a_check_shows_the_first_attempt_that_fails_it_and_names_a_later_one() {
    let given = no_options();
    let right = signed(&given, |_| ());
    let wrong = |body: &str| signed(&given, |request| request.body = body.into());
    for (attempts, expected) in [
        ([wrong("one"), wrong("two")], "arrived.body: one"),
        ([right.clone(), wrong("two")], "arrived.again.body: two"),
    ] {
        let checks = judged(&given, 2, &arrivals(attempts));
        assert_eq!(failed_checks(&checks), [expected]);
    }
}

#[test]
fn bytes_that_are_not_a_request_fail_the_framing_and_the_signature() {
    let given = no_options();
    let mut sent = arrivals([signed(&given, |_| ())]);
    sent.requests
        .push(Arrival::Unreadable("a bare CR".to_owned()));
    assert_eq!(
        failed_checks(&judged(&given, 2, &sent)),
        [
            "arrived.framing: a bare CR",
            "arrived.verifies: it cannot be read as a request: a bare CR"
        ]
    );
}

/// The failed checks of a case with a redirect, after which this reached the other origin.
fn redirected(request: Option<ArrivedRequest>) -> Vec<String> {
    let mut given = no_options();
    given.answers = vec![
        serde_json::from_str(
            r#"{"status":307,"headers":[["Location","{elsewhere}/"]],"body_b64":""}"#,
        )
        .unwrap(),
    ];
    let mut sent: Arrivals = arrivals([signed(&given, |_| ())]);
    let right = judged(&given, 1, &sent);
    assert!(super::checks::ids(&right).contains(&"arrived.elsewhere"));
    assert_eq!(failed_checks(&right), [""; 0]);
    sent.requests
        .push(Arrival::Redirected(request.map(Box::new)));
    failed_checks(&judged(&given, 2, &sent))
}

#[test]
fn a_request_to_the_target_of_a_redirect_fails_with_what_it_carried() {
    let other = |headers: &[(&str, &str)], body: &[u8]| {
        let request = super::signed_request::request("POST", "/", headers, body);
        redirected(Some(request))
    };
    let followed = "arrived.verifies: the client followed the redirect";
    let expected = |words: &str| [format!("arrived.elsewhere: {words}"), followed.to_owned()];
    assert_eq!(redirected(None), expected("bytes that are not a request"));
    assert_eq!(other(&[], b""), expected("a POST without credentials"));
    let token = "a POST with the security token";
    assert_eq!(other(&[("X-Fc-Security-Token", "t")], b""), expected(token));
    assert_eq!(
        other(&[("X-Acs-Security-Token", "t")], b""),
        expected(token)
    );
    assert_eq!(
        other(&[("Authorization", "FC a:b")], b"ok"),
        expected("a POST with Authorization, the payload")
    );
}

#[test]
fn a_case_without_a_redirect_has_no_check_of_another_origin() {
    let given = no_options();
    let checks = judged(&given, 1, &arrivals([signed(&given, |_| ())]));
    assert!(!super::checks::ids(&checks).contains(&"arrived.elsewhere"));
}
