//! A request as a report shows it: the same in every run, with the text that had to be signed.

use fcgate_cases::corpus::{InvokeGiven, TaskGiven, TriggerGiven};
use fcgate_cases::judge::{ArrivedRequest, FindSignedText, ShownRequest, SignedText};
use fcgate_protocol::{BuildInput, BuildOutput, HeaderList, Session, SignInput};
use serde_json::json;

use super::invocation::{all_options, no_options, signed};
use super::signed_request::{arrivals, long_lived, request, temporary};

fn built(scheme: &str, output: &BuildOutput, own_clock: bool) -> ShownRequest {
    let given: BuildInput = serde_json::from_value(json!({
        "revision": "2021-04-06", "scheme": scheme, "endpoint": "https://h", "credentials": long_lived(),
        "time": "2022-05-11T09:00:00Z", "nonce": "n", "input": {"function": "f"}
    }))
    .unwrap();
    ShownRequest::of_build(&given, output, own_clock, Some(FIND))
}

/// A search for the signed text that finds a text with its whole input.
const FIND: FindSignedText = |input| Some(text_with(input));

fn text_with(input: &SignInput) -> SignedText {
    let SignInput {
        scheme,
        kind,
        method,
        url,
        headers,
        body,
        credentials,
        time,
        nonce,
        expires,
    } = input;
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    let text = format!(
        "{scheme} {kind:?} {method} {url} {names:?} {body:?} {} {time:?} {nonce:?} {expires:?}",
        credentials.access_key_id
    );
    SignedText {
        mistakes: vec!["FCG0101".to_owned()],
        text: text.into(),
    }
}

fn of_invoke(given: &InvokeGiven, request: &ArrivedRequest) -> ShownRequest {
    ShownRequest::of_arrival(given, &arrivals([request.clone()]), request, Some(FIND))
}

/// A change after signing, so that the report has the signed text.
fn tampered(given: &InvokeGiven) -> ArrivedRequest {
    let mut request = signed(given, |_| ());
    request.headers.set("content-type", "text/plain");
    request
}

#[test]
fn a_built_request_is_shown_with_its_times_unless_the_clock_is_its_own() {
    let headers = [
        ("Date", "Wed, 11 May 2022 09:00:00 GMT"),
        ("X-Fc-Date", "Wed, 11 May 2022 09:00:00 GMT"),
        ("X-Acs-Signature-Nonce", "abcd"),
        ("traceparent", "00-4bf92f"),
        ("X-Tab", "a\tb"),
        ("Authorization", "FC FCTESTACCESSKEYID01:kf3iwDRgk1nP"),
    ];
    let mut output = BuildOutput::new("POST", "https://h/p", headers.into(), b"ok\xff".to_vec());
    let shown = built("fc", &output, false);
    assert_eq!(
        shown.head,
        [
            "POST https://h/p",
            "Date: Wed, 11 May 2022 09:00:00 GMT",
            "X-Fc-Date: Wed, 11 May 2022 09:00:00 GMT",
            "X-Acs-Signature-Nonce: abcd",
            "traceparent: 00-4bf92f",
            "X-Tab: a␉b",
            "Authorization: FC FCTESTACCESSKEYID01:kf3iwDRgk1nP",
        ]
    );
    assert_eq!((shown.body.as_str(), shown.body_length), ("ok\\x{ff}", 3));
    let shown = built("fc", &output, true);
    assert_eq!(
        shown.head,
        [
            "POST https://h/p",
            "Date: Www, 00 Mmm 0000 00:00:00 GMT",
            "X-Fc-Date: Www, 00 Mmm 0000 00:00:00 GMT",
            "X-Acs-Signature-Nonce: (nonce)",
            "traceparent: 00-4bf92f",
            "X-Tab: a␉b",
            "Authorization: FC FCTESTACCESSKEYID01:(signature)",
        ]
    );
    // Three characters may occur anywhere in a text.
    output.headers.set("x-acs-signature-nonce", "abc");
    assert_eq!(
        built("fc", &output, true).head[3],
        "X-Acs-Signature-Nonce: abc"
    );
    output.body = vec![b'a'; 300];
    let long = built("fc", &output, false);
    assert_eq!((long.body.len(), long.body_length), (256, 300));
}

#[test]
fn an_arrived_request_is_the_same_in_every_run() {
    let mut given = all_options("2023-03-30");
    given.input.session = Some(Box::new(Session::Header {
        name: "X-My-Session".to_owned(),
        id: Some("session-7".to_owned()),
    }));
    let request = signed(&given, |request| {
        for (name, value) in [
            ("X-My-Session", "session-7"),
            ("X-Fc-Trace-Id", "trace-1"),
            ("X-Fc-Account-Id", "1234567890123456"),
            ("User-Agent", "sdk/1.2"),
            ("traceparent", "00-4bf92f-a"),
            ("Cookie", "k9=1"),
        ] {
            request.headers.push(name, value);
        }
    });
    let shown = of_invoke(&given, &request);
    assert_eq!(shown.signed_text, None);
    assert_eq!(
        shown.head,
        [
            "POST /2023-03-30/functions/(function)/invocations?qualifier=prod HTTP/1.1",
            "Host: (endpoint)",
            "Content-Type: application/octet-stream",
            "Content-Length: 2",
            "X-Request-Tag: a",
            "X-Note: 1",
            "X-Note: 2",
            "X-Acs-Date: 0000-00-00T00:00:00Z",
            "X-Acs-Signature-Nonce: (nonce)",
            "X-Acs-Content-Sha256: 2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df",
            "X-Acs-Action: InvokeFunction",
            "X-Acs-Version: 2023-03-30",
            "X-Acs-Security-Token: dummy-sts-token",
            "X-Fc-Invocation-Type: Async",
            "X-Fc-Log-Type: Tail",
            "X-Fc-Async-Task-Id: task-1",
            "X-My-Session: session-7",
            "X-Fc-Trace-Id: trace-1",
            "X-Fc-Account-Id: 1234567890123456",
            "User-Agent: sdk/1.2",
            "traceparent: #-#-a",
            "Cookie: #=#",
            "Authorization: ACS3-HMAC-SHA256 Credential=FCTESTACCESSKEYID01,SignedHeaders=content-type;host;x-acs-action;\
             x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,Signature=(signature)",
        ]
    );
}

#[test]
fn the_values_of_the_caller_keep_their_digits() {
    let mut given = all_options("2021-04-06");
    let header = |given: &InvokeGiven, name: &str| {
        let request = signed(given, |request| request.headers.push("Cookie", "k9=1"));
        let shown = of_invoke(given, &request);
        let mut lines = shown.head.into_iter();
        lines.find(|line| line.starts_with(name)).unwrap()
    };
    for (name, value) in [
        ("X-Fc-Stateful-Async-Invocation-Id", "task-1"),
        ("X-Fc-Security-Token", "dummy-sts-token"),
    ] {
        assert_eq!(header(&given, name), format!("{name}: {value}"));
    }
    assert_eq!(header(&given, "Cookie"), "Cookie: #=#");
    given.input.session = Some(Box::new(Session::Cookie { id: None }));
    assert_eq!(header(&given, "Cookie"), "Cookie: k9=1");
    given.credentials = long_lived().security_token("token-4");
    let request = signed(&given, |request| {
        request.headers.set("x-fc-security-token", "token-4");
        request.headers.push("X-Acs-Security-Token", "token-4");
        request.headers.push("X-Acs-Version", "2021-04-06");
        request.headers.push("X-Fc-Async-Task-Id", "task-1");
    });
    let head = of_invoke(&given, &request).head;
    for line in [
        "x-fc-security-token: token-4",
        "x-acs-security-token: token-4",
        "x-acs-version: 2021-04-06",
        "x-fc-async-task-id: task-1",
    ] {
        assert!(
            head.iter().any(|one| one.eq_ignore_ascii_case(line)),
            "{line}"
        );
    }
}

#[test]
fn a_wrong_signature_shows_the_text_of_the_rules_and_the_one_that_was_signed() {
    let given = no_options();
    assert_eq!(of_invoke(&given, &signed(&given, |_| ())).signed_text, None);
    let shown = of_invoke(&given, &tampered(&given));
    let check = shown.signed_text.unwrap();
    assert_eq!(check.id, "string_to_sign");
    assert_eq!(
        check.expected_text().unwrap(),
        "POST␊␊text/plain␊Www, 00 Mmm 0000 00:00:00 GMT␊\
         /2021-04-06/services/demoService/functions/(function)/invocations"
    );
    // The search gets the whole request, and its text is the same in every run too.
    assert_eq!(
        check.actual_text().unwrap(),
        "fc None POST http://(endpoint)/2021-04-06/services/demoService/functions/(function)/invocations \
         [\"Host\", \"Content-Type\", \"Content-Length\", \"Date\", \"Authorization\"] [111, 107] \
         FCTESTACCESSKEYID01 \"\" \"\" None"
    );
    assert_eq!(shown.mistakes, ["FCG0101"]);
}

#[test]
fn without_a_found_text_only_that_of_the_rules_is_shown() {
    let given = all_options("2023-03-30");
    let request = tampered(&given);
    let sent = arrivals([request.clone()]);
    let shown = ShownRequest::of_arrival(&given, &sent, &request, Some(|_| None));
    let check = shown.signed_text.unwrap();
    assert_eq!(
        (check.id.as_str(), check.actual_text()),
        ("canonical_request", None)
    );
    assert!(check.failed() && shown.mistakes.is_empty());
    let expected = check.expected_text().unwrap();
    assert!(
        expected.starts_with("POST␊/2023-03-30/functions/(function)/invocations␊qualifier=prod␊")
    );
    assert!(
        expected.contains("x-acs-signature-nonce:(nonce)␊"),
        "{expected}"
    );
    let none = ShownRequest::of_arrival(&given, &sent, &request, None);
    assert_eq!(none.signed_text, Some(check));
}

#[test]
fn a_signature_that_is_right_for_the_names_that_were_signed_shows_equal_texts() {
    let given = all_options("2023-03-30");
    let mut request = signed(&given, |_| ());
    // The names are those of the recipe, but a header was added later.
    request.headers.push("X-Acs-Extra", "1");
    let shown = of_invoke(&given, &request);
    let check = shown.signed_text.unwrap();
    assert!(!check.failed() && check.expected == check.actual);
    assert!(shown.mistakes.is_empty());
}

#[test]
fn a_request_that_cannot_be_verified_has_no_signed_text() {
    let headers = HeaderList::from([("Authorization", "none")]);
    // There is no canonical request without an authorization of the scheme.
    let output = BuildOutput::new("POST", "https://h/", headers.clone(), Vec::new());
    assert_eq!(built("acs3", &output, false).signed_text, None);
    let output = BuildOutput::new("POST", "nothing", headers, Vec::new());
    assert_eq!(built("fc", &output, false).signed_text, None);
}

#[test]
fn the_host_of_a_built_request_is_that_of_its_url() {
    let mut sent = tampered(&all_options("2023-03-30"));
    sent.headers.remove("host");
    let url = format!("https://127.0.0.1:4000{}", sent.target);
    let output = BuildOutput::new("POST", url, sent.headers, sent.body);
    let check = built("acs3", &output, false).signed_text.unwrap();
    let expected = check.expected_text().unwrap();
    assert!(expected.contains("␊host:127.0.0.1:4000␊"), "{expected}");
}

#[test]
fn a_request_to_an_http_trigger_is_signed_with_its_query() {
    let given: TriggerGiven = serde_json::from_value(json!({
        "scheme": "fc", "method": "GET", "target": "/p?b=2&a=1", "headers": [["X-Tag", "build 7"]],
        "body_b64": "", "credentials": long_lived().security_token("token-4"), "timeout_ms": 1,
        "answer": {"status": 200, "headers": [], "body_b64": ""}
    }))
    .unwrap();
    let headers = [
        ("Host", "127.0.0.1:4000"),
        ("X-Tag", "build 7"),
        ("X-Other", "build 7"),
        ("X-Fc-Security-Token", "token-4"),
        ("X-Acs-Security-Token", "token-4"),
    ];
    let arrived = request("GET", "/p?b=2&a=1", &headers, b"");
    let sent = arrivals([arrived.clone()]);
    let shown = ShownRequest::of_trigger(&given, &sent, &arrived, Some(FIND));
    assert_eq!(
        shown.head,
        [
            "GET /p?b=2&a=1 HTTP/1.1",
            "Host: (endpoint)",
            "X-Tag: build 7",
            "X-Other: build #",
            "X-Fc-Security-Token: token-4",
            "X-Acs-Security-Token: token-4",
        ]
    );
    let check = shown.signed_text.unwrap();
    assert_eq!(
        check.expected_text().unwrap(),
        "GET␊␊␊␊x-fc-security-token:token-4␊/p␊a=1␊b=2"
    );
    let actual = check.actual_text().unwrap();
    assert!(
        actual.starts_with("fc Some(HttpTrigger) GET http://(endpoint)/p?b=2&a=1 "),
        "{actual}"
    );
}

#[test]
fn a_request_of_an_operation_on_tasks_is_shown_like_an_invocation() {
    let given: TaskGiven = serde_json::from_value(json!({
        "revision": "2023-03-30", "scheme": "fc", "credentials": temporary().security_token("token-4"),
        "timeout_ms": 1, "request": {"operation": "get", "function": "f", "task_id": "t-1"},
        "answers": [{"status": 200, "headers": [], "body_b64": ""}]
    }))
    .unwrap();
    let headers = [
        ("Host", "127.0.0.1:4000"),
        ("X-Acs-Version", "2023-03-30"),
        ("X-Acs-Security-Token", "token-4"),
        ("X-Fc-Security-Token", "token-4"),
        ("X-Fc-Trace-Id", "trace-9"),
    ];
    let arrived = request(
        "GET",
        "/2023-03-30/functions/f/async-tasks/t-1",
        &headers,
        b"",
    );
    let sent = arrivals([arrived.clone()]);
    let shown = ShownRequest::of_task(&given, &sent, &arrived, None);
    assert_eq!(
        shown.head,
        [
            "GET /2023-03-30/functions/f/async-tasks/t-1 HTTP/1.1",
            "Host: (endpoint)",
            "X-Acs-Version: 2023-03-30",
            "X-Acs-Security-Token: token-4",
            "X-Fc-Security-Token: token-4",
            "X-Fc-Trace-Id: trace-#",
        ]
    );
    assert_eq!(shown.signed_text.unwrap().id, "string_to_sign");
}
