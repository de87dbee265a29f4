//! Requests, compared with those of official SDKs.

use bytes::Bytes;
use fc_invoke::{ListStatefulAsyncInvocationFunctionsInput, PageLimit, Scheme, SortOrder, Target};
use fc_response::AsyncTaskStatus;
use http::Request;
use serde_json::Value;

use crate::samples::{endpoint, get, list, stop, v2, v3};

const TOKEN: &str = "MTIzNCNhYmM=";
/// A token with every kind of character that is escaped.
const HARD_TOKEN: &str = "a+b/c==&d e%25~*\u{51fd}";

/// The request of a recorded case.
fn request(case: &str, operation: &str) -> Request<Bytes> {
    let plain = if operation.contains("Stateful") {
        v2()
    } else {
        v3()
    };
    let target = match case {
        "get_qualifier" | "stop_qualifier" | "list_qualifier" | "list_all" => {
            plain.qualifier("LATEST".parse().unwrap())
        }
        _ => plain,
    };
    let limit = |limit| PageLimit::try_from(limit).unwrap();
    let (at, scheme) = (&endpoint(), Scheme::Acs3);
    let functions = ListStatefulAsyncInvocationFunctionsInput::new;
    let list = || list(target.clone());
    match case {
        "get" | "get_qualifier" => get(target).to_request(at, scheme),
        "stop" | "stop_qualifier" => stop(target).to_request(at, scheme),
        "list_functions" => functions().to_request(at, scheme),
        "list_functions_all" => {
            let all = functions().limit(limit(10)).next_token(TOKEN);
            all.to_request(at, scheme)
        }
        _ => match case {
            "list" | "list_qualifier" => list(),
            "list_all" => list()
                .prefix("job-")
                .status(AsyncTaskStatus::Running)
                .started_time_begin(1_640_966_400_000)
                .started_time_end(1_640_966_500_000)
                .sort_order(SortOrder::Desc)
                .include_payload(true)
                .limit(limit(10))
                .next_token(TOKEN),
            "list_prefix" => list().prefix("job-"),
            "list_status" => list().status(AsyncTaskStatus::Running),
            "list_status_unknown" => list().status("NoSuchState".into()),
            "list_startedTimeBegin" => list().started_time_begin(1_640_966_400_000),
            "list_startedTimeEnd" => list().started_time_end(1_640_966_500_000),
            "list_sortOrderByTime" => list().sort_order(SortOrder::Desc),
            "list_includePayload" => list().include_payload(true),
            "list_includePayload_false" => list().include_payload(false),
            "list_limit" => list().limit(limit(10)),
            "list_nextToken" => list().next_token(TOKEN),
            "list_token_encoding" => list().next_token(HARD_TOKEN),
            "list_next#1" => list().prefix("job-").limit(limit(1)),
            "list_next#2" => list().prefix("job-").limit(limit(1)).next_token(TOKEN),
            other => panic!("{other}"),
        }
        .to_request(at, scheme),
    }
}

/// The path, and the decoded parameters in the order of their names. Python writes `True` for `true`.
pub(crate) fn parts(target: &str) -> (&str, Vec<(String, String)>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            let value = decoded(value);
            match name {
                "includePayload" => (name.to_owned(), value.to_ascii_lowercase()),
                _ => (name.to_owned(), value),
            }
        })
        .collect();
    pairs.sort();
    (path, pairs)
}

/// Decodes a value of a form.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_request_is_that_of_the_official_sdks() {
    let recorded: Value = serde_json::from_str(include_str!("recorded.json")).unwrap();
    let cases = recorded["cases"].as_array().unwrap();
    let mut compared = 0;
    for case in cases {
        let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
        let (name, operation) = (text(case, "case"), text(case, "operation"));
        let request = request(&name, &operation);
        let target = request.uri().path_and_query().unwrap().as_str();
        for sdk in case["requests"].as_array().unwrap() {
            let context = format!("{name} {operation} {}", text(sdk, "sdk"));
            assert_eq!(request.method().as_str(), text(sdk, "method"), "{context}");
            assert_eq!(parts(target), parts(&text(sdk, "target")), "{context}");
            assert_eq!(
                request.headers()["x-acs-action"],
                text(sdk, "action"),
                "{context}"
            );
            assert_eq!(
                request.headers()["x-acs-version"],
                text(sdk, "version"),
                "{context}"
            );
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared} requests");
}

#[test]
fn a_request_has_no_body_and_only_the_headers_of_its_scheme() {
    let acs3 = stop(v3()).to_request(&endpoint(), Scheme::Acs3);
    assert!(acs3.body().is_empty());
    assert_eq!(acs3.headers().len(), 2, "{:?}", acs3.headers());
    let account = "1234567890123456".parse().unwrap();
    let fc = get(v2())
        .account_id(account)
        .to_request(&endpoint(), Scheme::Fc);
    assert_eq!(fc.headers().len(), 1, "{:?}", fc.headers());
    assert_eq!(fc.headers()["x-fc-account-id"], "1234567890123456");
}

#[test]
fn a_token_and_a_prefix_cannot_add_a_parameter() {
    let input = list(v3()).next_token(HARD_TOKEN).prefix("a&limit=9#?/");
    let request = input.to_request(&endpoint(), Scheme::Acs3);
    assert_eq!(
        request.uri().path_and_query().unwrap(),
        "/2023-03-30/functions/demoFunction/async-tasks\
         ?nextToken=a%2Bb%2Fc%3D%3D%26d%20e%2525~%2A%E5%87%BD&prefix=a%26limit%3D9%23%3F%2F",
    );
}

#[test]
fn an_empty_token_and_an_empty_prefix_are_not_sent() {
    let request = list(v2())
        .next_token("")
        .prefix("")
        .to_request(&endpoint(), Scheme::Fc);
    assert_eq!(request.uri().query(), None);
}

/// Source of the path: manual page `GetStatefulAsyncInvocation` of revision 2016-08-15.
#[test]
fn revision_2016_08_15_has_the_qualifier_in_the_path() {
    let target = Target::v2016_08_15("svc".parse().unwrap(), "fn".parse().unwrap());
    let target = target.qualifier("prod".parse().unwrap());
    let path = |request: Request<Bytes>| request.uri().path_and_query().unwrap().to_string();
    let tasks = "/2016-08-15/services/svc.prod/functions/fn/stateful-async-invocations";
    assert_eq!(
        path(list(target.clone()).to_request(&endpoint(), Scheme::Fc)),
        tasks
    );
    let task = format!("{tasks}/task_42-a");
    assert_eq!(
        path(get(target.clone()).to_request(&endpoint(), Scheme::Fc)),
        task
    );
    assert_eq!(path(stop(target).to_request(&endpoint(), Scheme::Fc)), task);
}
