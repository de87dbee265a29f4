//! Lists of tasks and of functions: filters, pages and their tokens.

use fc_conformance::verdict::Verdict;
use serde_json::Value;

use super::client::{Request, TestServer};
use super::tasks::{TaskClient, json};

/// The ids of a page, in its order.
fn ids(page: &Value) -> Vec<&str> {
    let tasks = page["tasks"].as_array().unwrap().iter();
    tasks.map(|task| task["taskId"].as_str().unwrap()).collect()
}

#[test]
fn pages_follow_each_other_by_their_tokens() {
    let server = TestServer::new();
    let client = TaskClient::new(&server, "echo");
    for number in 0..5 {
        client.invoke(&format!("t{number}"));
    }
    TaskClient::new(&server, "empty").invoke("other");
    for (order, pages) in [
        ("asc", [&["t0", "t1"][..], &["t2", "t3"], &["t4"]]),
        ("desc", [&["t4", "t3"], &["t2", "t1"], &["t0"]]),
    ] {
        let mut token = String::new();
        for expected in pages {
            let escaped = token.replace('=', "%3D").replace('+', "%2B");
            let query = format!("limit=2&nextToken={escaped}&sortOrderByTime={order}");
            let page = json(&client.list(&query));
            assert_eq!(ids(&page), expected);
            token = page["nextToken"].as_str().unwrap_or_default().to_owned();
        }
        assert_eq!(token, "", "the last page has no token");
    }
    let page = json(&client.list("limit=5"));
    assert!(
        page.get("nextToken").is_none(),
        "the list ends with a full page"
    );
    let log = server.log();
    assert!(
        log.contains("  accepted: nextToken is empty, which counts as absent"),
        "{log}"
    );
    assert!(log.contains("  task: 2 listed, more follow"), "{log}");
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}

#[test]
fn a_page_has_20_tasks_without_a_limit() {
    let server = TestServer::new();
    let client = TaskClient::new(&server, "echo");
    for number in 0..21 {
        client.invoke(&format!("t{number}"));
    }
    assert_eq!(ids(&json(&client.list("limit=0&qualifier="))).len(), 20);
    assert_eq!(ids(&json(&client.list("limit=100"))).len(), 21);
}

#[test]
fn filters_select_tasks() {
    let server = TestServer::new();
    let client = TaskClient::new(&server, "echo");
    client.invoke("a1");
    client.invoke("a2");
    client.invoke("b1");
    client.get("a1");
    client.get("a1");
    for (query, expected) in [
        ("sortOrderByTime=asc", &["a1", "a2", "b1"][..]),
        ("prefix=a&sortOrderByTime=asc", &["a1", "a2"]),
        ("status=Running", &["a1"]),
        ("status=Dequeued", &[]),
        (
            "startedTimeBegin=1652259600000&startedTimeEnd=1652259600000",
            &["a1"],
        ),
        ("startedTimeBegin=1652259600001", &[]),
        ("startedTimeEnd=1652259599999", &[]),
    ] {
        let page = json(&client.list(query));
        assert_eq!(ids(&page), expected, "{query}");
    }
    for (value, is_included) in [
        ("True", true),
        ("true", true),
        ("False", false),
        ("", false),
    ] {
        let page = json(&client.list(&format!("prefix=a1&includePayload={value}")));
        let payload = page["tasks"][0].get("taskPayload");
        assert_eq!(payload.is_some(), is_included, "{value}");
    }
    let session = server.end();
    assert_eq!(session.report.verdict, Verdict::Conforming);
    let warnings = session.report.warnings.concat();
    assert!(
        warnings.contains("includePayload does not have the documented case"),
        "{warnings}"
    );
}

#[test]
fn a_token_of_another_list_and_wrong_values_are_refused() {
    let server = TestServer::new();
    let client = TaskClient::new(&server, "echo");
    client.invoke("t0");
    client.invoke("t1");
    let page = json(&client.list("limit=1"));
    let token = page["nextToken"].as_str().unwrap().replace('=', "%3D");
    assert_eq!(
        client.list(&format!("limit=2&nextToken={token}")).status(),
        200
    );
    for query in [
        format!("nextToken={token}&prefix=t"),
        "nextToken=MTIzNCNhYmM%3D".to_owned(),
        "limit=101".to_owned(),
        "status=running".to_owned(),
    ] {
        let answer = client.list(&query);
        let code = &json(&answer)["Code"];
        assert_eq!(
            (answer.status(), code),
            (400, &"InvalidArgument".into()),
            "{query}"
        );
    }
    assert_eq!(
        client.list("page=2").status(),
        200,
        "an unknown parameter is ignored"
    );
    let session = server.end();
    let report = &session.report;
    assert_eq!(
        report.verdict,
        Verdict::Conforming,
        "no case of level must failed"
    );
    let failed: Vec<&str> = report
        .cases
        .iter()
        .filter(|case| case.status.is_red())
        .map(|case| case.id.as_str())
        .collect();
    let expected = [5, 6, 7].map(|number| format!("serve.list-tasks.{number}.query"));
    assert_eq!(failed, expected);
}

#[test]
fn functions_with_tasks_are_listed() {
    let server = TestServer::new();
    let list = |query: &str| {
        let target = format!("/2021-04-06/stateful-async-invocation-functions{query}");
        json(&server.send(&Request::of_tasks("GET", "", &target)))
    };
    assert_eq!(list("")["data"], Value::Array(Vec::new()));
    for function in ["echo", "empty", "echo"] {
        let invoke = Request::of(function).header("X-Fc-Invocation-Type", "Async");
        assert_eq!(server.send(&invoke).status(), 202);
    }
    let first = list("?limit=1");
    assert_eq!(first["data"][0]["functionName"], "echo");
    assert_eq!(first["data"][0]["serviceName"], "s");
    let token = first["nextToken"].as_str().unwrap().replace('=', "%3D");
    let second = list(&format!("?limit=1&nextToken={token}"));
    assert_eq!(second["data"][0]["functionName"], "empty");
    assert!(second.get("nextToken").is_none());
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}
