//! Session affinity: sessions that are new, kept, expired, refused and too busy.

use fc_conformance::verdict::Verdict;
use fc_local::Options;
use fcgate_protocol::{HeaderList, Scheme};
use serde_json::Value;

use super::client::{Answer, Request, TestServer, raw};

const HEADER: &str = "x-affinity-session";

/// Calls a function with these headers.
fn call(server: &TestServer, function: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::of(function);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    server.send(&request)
}

/// The session in the body of an answer, and the number of its requests.
fn session(answer: &Answer) -> (String, u64) {
    assert_eq!(answer.status(), 200, "{}", answer.text());
    let body: Value = serde_json::from_str(&answer.body()).unwrap();
    let id = body["session"].as_str().unwrap().to_owned();
    (id, body["request"].as_u64().unwrap())
}

fn header<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let head = text.split("\r\n\r\n").next().unwrap();
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let mut values = lines.filter(|(other, _)| other.eq_ignore_ascii_case(name));
    values.next().map(|(_, value)| value)
}

#[test]
fn a_made_session_id_is_returned_once_and_kept_from_then_on() {
    let server = TestServer::new();
    let first = call(&server, "session-header", &[]);
    let (id, requests) = session(&first);
    assert_eq!((id.len(), requests), (32, 1));
    let text = first.text();
    assert_eq!(header(&text, HEADER), Some(id.as_str()));
    let second = call(&server, "session-header", &[(HEADER, &id)]);
    assert_eq!(session(&second), (id.clone(), 2));
    assert_eq!(header(&second.text(), HEADER), None);
    assert_ne!(session(&call(&server, "session-header", &[])).0, id);
    let mine = call(&server, "session-header", &[(HEADER, "chat-1")]);
    assert_eq!(session(&mine), ("chat-1".to_owned(), 1));
    let other = TestServer::new();
    assert_ne!(
        session(&call(&other, "session-header", &[])).0,
        id,
        "ids of two servers differ"
    );
    let log = server.log();
    assert!(
        log.contains(&format!("  session {id} (made, new), request 1\n")),
        "{log}"
    );
    assert!(
        log.contains(&format!("  session {id} (kept), request 2\n")),
        "{log}"
    );
    assert!(
        log.contains("  assumed: an invocation returns a made session id"),
        "{log}"
    );
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}

#[test]
fn a_session_cookie_is_set_once_and_kept_from_then_on() {
    let server = TestServer::new();
    let first = call(&server, "session-cookie", &[]);
    let (id, _) = session(&first);
    let text = first.text();
    let set = header(&text, "set-cookie").unwrap();
    assert_eq!(set, format!("x-fc-cookie-session-id={id}; Max-Age=21600"));
    let cookie = format!("a=b; x-fc-cookie-session-id={id}");
    let second = call(&server, "session-cookie", &[("Cookie", &cookie)]);
    assert_eq!(session(&second), (id, 2));
    assert_eq!(header(&second.text(), "set-cookie"), None);
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}

#[test]
fn the_id_of_an_expired_session_starts_a_new_one_or_is_refused() {
    let server = TestServer::new();
    let ids = [(HEADER, "chat-1")];
    let numbers = [1, 2, 3, 1].map(|_| session(&call(&server, "session-short", &ids)).1);
    assert_eq!(numbers, [1, 2, 3, 1]);
    let log = server.log();
    let silently = "  session chat-1 (expired, so the same id starts a new session), request 1\n";
    assert!(log.contains(silently), "{log}");
    for _ in 0..3 {
        session(&call(&server, "session-no-reuse", &ids));
    }
    let refused = call(&server, "session-no-reuse", &ids);
    assert_eq!(refused.status(), 400);
    assert!(
        refused.body().contains("InvalidArgument"),
        "{}",
        refused.body()
    );
    assert!(
        server
            .log()
            .contains("  assumed: no source has the status and the code for a refused")
    );
    session(&call(&server, "session-header", &ids));
    server.set_clock("2022-05-11T09:14:00Z".parse().unwrap());
    assert_eq!(session(&call(&server, "session-header", &ids)).1, 2);
}

#[test]
fn an_idle_session_expires() {
    let server = TestServer::new();
    let send = |date: &str| {
        let mut request = Request::of("session-header").header(HEADER, "chat-1");
        request.date = date.to_owned();
        session(&server.send(&request)).1
    };
    assert_eq!(send("Wed, 11 May 2022 09:00:00 GMT"), 1);
    server.set_clock("2022-05-11T09:30:00Z".parse().unwrap());
    assert_eq!(send("Wed, 11 May 2022 09:30:00 GMT"), 2);
    server.set_clock("2022-05-11T10:00:01Z".parse().unwrap());
    assert_eq!(send("Wed, 11 May 2022 10:00:01 GMT"), 1);
}

#[test]
fn requests_of_an_existing_session_get_429_while_new_ones_are_answered() {
    let server = TestServer::new();
    for id in ["chat-1", "chat-2"] {
        session(&call(&server, "session-busy", &[(HEADER, id)]));
        let busy = call(&server, "session-busy", &[(HEADER, id)]);
        assert_eq!(busy.status(), 429);
        assert!(busy.body().contains("ResourceExhausted"), "{}", busy.body());
    }
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}

#[test]
fn the_session_of_an_asynchronous_invocation_is_ignored_and_logged() {
    let server = TestServer::new();
    let kind = ("X-Fc-Invocation-Type", "Async");
    let accepted = call(&server, "session-header", &[(HEADER, "chat-1"), kind]);
    assert_eq!(accepted.status(), 202);
    let log = server.log();
    assert!(
        log.contains("  assumed: the session id of an asynchronous invocation is ignored"),
        "{log}"
    );
    call(&server, "session-header", &[kind]);
    assert_eq!(server.log().matches("  assumed: ").count(), 1);
    assert_eq!(
        session(&call(&server, "session-header", &[(HEADER, "chat-1")])).1,
        1
    );
}

#[test]
fn a_malformed_session_id_is_refused_and_not_shown() {
    let server = TestServer::new();
    for (function, header, value) in [
        ("session-header", HEADER, "MarkerSecret: no id"),
        (
            "session-cookie",
            "Cookie",
            "x-fc-cookie-session-id=MarkerSecret",
        ),
    ] {
        let refused = call(&server, function, &[(header, value)]);
        assert_eq!(refused.status(), 400, "{function}");
        assert!(!refused.text().contains("MarkerSecret"));
    }
    assert!(!server.log().contains("MarkerSecret"), "{}", server.log());
    let report = server.end().report;
    assert_eq!(
        report.verdict,
        Verdict::Conforming,
        "the check is not a must"
    );
    assert!(
        report
            .case("serve.session-header.1.session")
            .unwrap()
            .status
            .is_red()
    );
    assert!(
        report
            .case("serve.session-cookie.1.session")
            .unwrap()
            .status
            .is_red()
    );
}

#[test]
fn the_session_header_has_the_set_name_also_on_triggers_and_with_acs3() {
    let mut options = Options::new();
    options.session_header = "X-Chat".parse().unwrap();
    let server = TestServer::with(options);
    let target = "/2023-03-30/functions/session-header/invocations";
    let request = Request::to(target).by(Scheme::Acs3).header("X-CHAT", "1");
    assert_eq!(session(&server.send(&request)), ("1".to_owned(), 1));
    let mut headers = HeaderList::from([("Host", "session-cookie-a.cn-hangzhou.fcapp.run")]);
    headers.push(
        "Authorization",
        "Bearer dummy-bearer-token-for-loopback-only",
    );
    let answer = raw(server.address(), "GET", "/chat", &headers, b"");
    assert!(
        header(&answer.text(), "set-cookie").is_some(),
        "{}",
        answer.text()
    );
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}

/// Calls a trigger.
fn call_trigger(server: &TestServer, method: &'static str, headers: &[(&str, &str)]) -> Answer {
    let mut all = HeaderList::from([("Host", "session-mcp-anonymous.cn-hangzhou.fcapp.run")]);
    for (name, value) in headers {
        all.push(*name, *value);
    }
    raw(server.address(), method, "/mcp", &all, b"")
}

#[test]
fn an_mcp_session_lasts_until_it_is_deleted() {
    let server = TestServer::new();
    let first = call_trigger(&server, "POST", &[]);
    let (id, _) = session(&first);
    assert_eq!(header(&first.text(), "mcp-session-id"), Some(id.as_str()));
    let sent = [("Mcp-Session-Id", id.as_str())];
    assert_eq!(session(&call_trigger(&server, "GET", &sent)).1, 2);
    assert_eq!(session(&call_trigger(&server, "DELETE", &sent)).1, 3);
    assert_eq!(call_trigger(&server, "POST", &sent).status(), 404);
    assert_eq!(
        call_trigger(&server, "POST", &[("Mcp-Session-Id", "unknown")]).status(),
        404
    );
    let invoked = call(&server, "session-mcp", &[]);
    assert_eq!(invoked.status(), 400, "an invocation does not reach it");
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}
