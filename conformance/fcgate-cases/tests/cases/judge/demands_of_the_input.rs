//! What the input of an invocation demands of the request: each demand is met once and broken once.

use fcgate_cases::corpus::InvokeGiven;
use fcgate_cases::judge::{ArrivedRequest, Check};
use fcgate_protocol::HeaderList;

use super::checks::ids;
use super::invocation::{all_options, failed, judged, no_options, signed};
use super::signed_request::arrivals;

/// A change of a right request, and the failed checks.
type Row = (
    &'static str,
    fn(&mut ArrivedRequest),
    &'static [&'static str],
);

fn replace(request: &mut ArrivedRequest, from: &str, to: &str) {
    let changed = request.target.replace(from, to);
    assert_ne!(request.target, changed);
    request.target = changed;
}

#[test]
fn a_request_of_each_revision_with_all_options_passes_every_check() {
    let of_fc = [
        "arrived.header.x-fc-stateful-async-invocation-id",
        "arrived.header.x-fc-stateful-async-invocation-enable",
        "arrived.header.x-fc-account-id",
        "arrived.header.x-fc-trace-id",
        "arrived.header.x-fc-security-token",
    ];
    let of_newest = [
        "arrived.header.x-fc-async-task-id",
        "arrived.header.x-acs-action",
        "arrived.header.x-acs-version",
        "arrived.header.x-acs-security-token",
    ];
    for (revision, options, nonce) in [
        ("2016-08-15", &of_fc[..], None),
        ("2021-04-06", &of_fc[..], None),
        ("2023-03-30", &of_newest[..], Some("arrived.nonce")),
    ] {
        let given = all_options(revision);
        let checks = judged(&given, 1, &arrivals([signed(&given, |_| ())]));
        assert_eq!(super::checks::failed(&checks), [""; 0], "{revision}");
        let mut expected = vec![
            "reply",
            "requests",
            "arrived.method",
            "arrived.path",
            "arrived.query",
            "arrived.header.x-fc-invocation-type",
            "arrived.header.x-fc-log-type",
        ];
        expected.extend(options);
        expected.extend([
            "arrived.header.x-request-tag",
            "arrived.header.x-note",
            "arrived.unset",
            "arrived.body",
            "arrived.secret",
            "arrived.date",
        ]);
        expected.extend(nonce);
        expected.extend([
            "arrived.host",
            "arrived.version",
            "arrived.framing",
            "arrived.verifies",
        ]);
        assert_eq!(ids(&checks), expected, "{revision}");
    }
}

#[test]
fn the_method_the_target_and_the_body_are_those_of_the_input() {
    let rows: [Row; 11] = [
        (
            "method",
            |r| r.method = "GET".into(),
            &["arrived.method: GET"],
        ),
        (
            "function",
            |r| replace(r, "fn-7f3a", "other"),
            &["arrived.path: /2021-04-06/services/demoService/functions/other/invocations"],
        ),
        (
            "the function of the case instead of that of the run",
            |r| replace(r, "fn-7f3a", "demoFunction"),
            &[],
        ),
        (
            "an equivalent escape",
            |r| replace(r, "demoS", "demo%53"),
            &[],
        ),
        (
            "an escaped slash",
            |r| replace(r, "demoService/", "demoService%2F"),
            &[
                "arrived.path: /2021-04-06/services/demoService%2Ffunctions/demoFunction/invocations",
            ],
        ),
        (
            "no qualifier",
            |r| replace(r, "?qualifier=prod", ""),
            &["arrived.query: "],
        ),
        (
            "another qualifier",
            |r| replace(r, "=prod", "=Prod"),
            &["arrived.query: qualifier=Prod"],
        ),
        (
            "an equivalent query",
            |r| replace(r, "=prod", "=pr%6Fd&"),
            &[],
        ),
        (
            "another pair",
            |r| replace(r, "=prod", "=prod&a"),
            &["arrived.query: a=␊qualifier=prod"],
        ),
        ("body", |r| r.body = b"no".to_vec(), &["arrived.body: no"]),
        ("no body", |r| r.body.clear(), &["arrived.body: "]),
    ];
    let given = all_options("2021-04-06");
    for (what, change, expected) in rows {
        assert_eq!(failed(&given, change), expected, "{what}");
    }
}

#[test]
fn the_first_revision_has_the_qualifier_in_the_path_and_not_in_the_query() {
    let given = all_options("2016-08-15");
    assert_eq!(
        failed(&given, |r| replace(r, "demoService.prod", "demoService")),
        ["arrived.path: /2016-08-15/services/demoService/functions/demoFunction/invocations"]
    );
    assert_eq!(
        failed(&given, |r| r.target += "?qualifier=prod"),
        ["arrived.query: qualifier=prod"]
    );
}

/// The ids of the failed checks without those of the signature.
fn failed_headers(given: &InvokeGiven, name: &str, value: Option<&str>) -> Vec<String> {
    let mut found = failed(given, |request| match value {
        Some(value) => request.headers.set(name, value),
        None => request.headers.remove(name),
    });
    found.retain(|check| !check.starts_with("arrived.verifies: "));
    found
}

#[test]
fn each_demanded_header_arrives_once_with_its_value() {
    let of_fc = [
        "x-fc-stateful-async-invocation-id",
        "x-fc-stateful-async-invocation-enable",
        "x-fc-account-id",
        "x-fc-trace-id",
        "x-fc-security-token",
    ];
    let of_newest = [
        "x-fc-async-task-id",
        "x-acs-action",
        "x-acs-version",
        "x-acs-security-token",
    ];
    for (revision, options) in [("2021-04-06", &of_fc[..]), ("2023-03-30", &of_newest[..])] {
        let given = all_options(revision);
        let of_both = [
            "x-fc-invocation-type",
            "x-fc-log-type",
            "x-request-tag",
            "x-note",
        ];
        for name in of_both.iter().chain(options) {
            let id = format!("arrived.header.{name}");
            assert_eq!(
                failed_headers(&given, name, None),
                [format!("{id}: (missing)")]
            );
            assert_eq!(
                failed_headers(&given, name, Some("other")),
                [format!("{id}: other")]
            );
        }
    }
}

#[test]
fn the_values_of_a_repeated_header_arrive_in_their_order_on_one_line_or_on_several() {
    let given = all_options("2021-04-06");
    let of = |values: &[&str]| {
        failed(&given, |request| {
            request.headers.remove("x-note");
            for value in values {
                request.headers.push("X-Note", *value);
            }
        })
    };
    for right in [&["1", "2"][..], &["1, 2"], &["1,2"], &["1 ", "\t2"]] {
        assert_eq!(of(right), [""; 0], "{right:?}");
    }
    for (wrong, shown) in [
        (&["2", "1"][..], "2␊1"),
        (&["1; 2"], "1; 2"),
        (&["1"], "1"),
        (&["1", "2", "2"], "1␊2␊2"),
        (&["1", "\u{e9}"], "1␊\\x{e9}"),
    ] {
        assert_eq!(of(wrong), [format!("arrived.header.x-note: {shown}")]);
    }
    let twice = failed(&given, |request| {
        request.headers.push("X-Fc-Log-Type", "Tail");
    });
    assert_eq!(twice, ["arrived.header.x-fc-log-type: Tail␊Tail"]);
}

#[test]
fn a_header_of_an_option_that_the_caller_did_not_set_is_found() {
    let given = no_options();
    let with =
        |name: &str, value: &str| failed(&given, |request| request.headers.push(name, value));
    for (name, value) in [
        ("X-Fc-Invocation-Type", "Sync"),
        ("X-Fc-Log-Type", "None"),
        ("X-Fc-Account-Id", "1"),
        ("User-Agent", "sdk/1.0"),
    ] {
        assert_eq!(with(name, value), [""; 0], "{name}");
    }
    for (name, value) in [
        ("x-fc-invocation-type", "Async"),
        ("x-fc-invocation-type", "None"),
        ("x-fc-log-type", "Tail"),
        ("x-fc-stateful-async-invocation-id", "1"),
        ("x-fc-async-task-id", "1"),
        ("x-fc-stateful-async-invocation-enable", "false"),
        ("x-fc-trace-id", "1"),
        ("x-fc-security-token", "1"),
        ("x-acs-security-token", "1"),
        ("x-custom-header", "1"),
        ("x-number-7", "1"),
        ("chat-session", "1"),
    ] {
        let expected = format!("arrived.unset: {name}: {value}");
        assert_eq!(with(&name.to_ascii_uppercase(), value), [expected]);
    }
}

#[test]
fn the_newest_revision_allows_but_does_not_demand_the_trace_id_of_the_caller() {
    let mut given = all_options("2023-03-30");
    let sent = |request: &mut ArrivedRequest| request.headers.push("X-Fc-Trace-Id", "trace-1");
    assert_eq!(failed(&given, sent), [""; 0]);
    let old_name = failed(&given, |request| {
        request
            .headers
            .push("X-Fc-Stateful-Async-Invocation-Id", "task-1");
    });
    assert_eq!(
        old_name,
        ["arrived.unset: x-fc-stateful-async-invocation-id: task-1"]
    );
    given.input.trace_id = None;
    assert_eq!(
        failed(&given, sent),
        ["arrived.unset: x-fc-trace-id: trace-1"]
    );
}

#[test]
fn a_header_that_a_value_of_the_caller_names_is_not_one_of_another_caller() {
    let mut given = no_options();
    given.input.headers = Some(HeaderList::from([("X-Note", "a\r\nX-Second: 1")]));
    let injected = failed(&given, |request| {
        request.headers.push("X-Note", "a");
        request.headers.push("X-Second", "1");
    });
    assert_eq!(injected, ["arrived.header.x-note: a"]);
}

/// The case without options and with a payload of so many bytes, and the check of a body.
fn body_check(length: usize, change: impl Fn(&mut Vec<u8>)) -> Check {
    let mut given = no_options();
    given.input.payload = Some(vec![b'a'; length]);
    let request = signed(&given, |request| {
        request.body = vec![b'a'; length];
        change(&mut request.body);
    });
    let checks = judged(&given, 1, &arrivals([request]));
    let mut checks = checks.into_iter();
    checks.find(|check| check.id == "arrived.body").unwrap()
}

/// A change of a right body, and its description.
type BodyRow = (fn(&mut Vec<u8>), &'static str);

#[test]
fn a_body_above_64_kib_is_described_in_words() {
    let longest = 64 * 1024;
    let shown = body_check(longest, |body| body[7] = b'b');
    assert!(shown.failed() && shown.actual.unwrap().bytes().is_some());
    let long = longest + 1;
    assert!(!body_check(long, |_| ()).failed());
    let rows: [BodyRow; 3] = [
        (
            |body| body[7] = b'b',
            "65537 bytes: another byte at offset 7",
        ),
        (|body| body.truncate(3), "3 bytes: the end is missing"),
        (|body| body.push(b'a'), "65538 bytes: more than expected"),
    ];
    for (change, words) in rows {
        let check = body_check(long, change);
        assert!(check.failed());
        assert_eq!(check.expected_text().unwrap(), "65537 bytes");
        assert_eq!(check.actual_text().unwrap(), words);
    }
}
