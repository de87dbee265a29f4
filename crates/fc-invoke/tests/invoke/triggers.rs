//! Requests to HTTP triggers: what is built, what is refused, and how a call is authenticated.

use std::sync::Arc;

use fc_headers::{InputError, InvocationType, LogType};
use fc_invoke::{
    BlockingTriggerClient, Endpoint, ExtraHeader, InvokeErrorKind, Session, TriggerAuth,
    TriggerClient, TriggerRequest, TriggerRequestBuilder, TriggerScheme,
};
use fc_response::TriggerOutcome;
use fc_transport::TransportErrorKind;
use http::{HeaderValue, Method, Request};
use proptest::prelude::*;

use crate::samples::credentials;
use crate::scripted_clients::{Rotating, Script, SendResult, Ticking, answer};

fn endpoint() -> Endpoint {
    "https://demo-abc.cn-hangzhou.fcapp.run".parse().unwrap()
}

fn get(target: &str) -> TriggerRequestBuilder {
    TriggerRequest::builder(Method::GET, target)
}

fn slug<T>(result: Result<T, InputError>) -> &'static str {
    result.map_or_else(|error| error.kind().slug(), |_| "ok")
}

fn shown(request: &Request<bytes::Bytes>) -> String {
    let header = |(name, value): (&http::HeaderName, &HeaderValue)| {
        format!("\n{name}: {}", value.to_str().unwrap())
    };
    let mut headers: Vec<String> = request.headers().iter().map(header).collect();
    headers.sort_unstable();
    format!("{} {}{}", request.method(), request.uri(), headers.concat())
}

#[test]
fn a_request_has_the_method_target_headers_and_body_of_the_caller() {
    let header = |name, value: &str| ExtraHeader::try_from((name, value)).unwrap();
    let session = Session::with_id("my-session".parse().unwrap(), "4711".parse().unwrap());
    let request = TriggerRequest::builder(Method::PATCH, "/a%20b/$x//y?q=1&q=%26&z")
        .content_type("application/json".parse().unwrap())
        .log_type(LogType::Tail)
        .session(session)
        .header(header("X-Custom", "a"))
        .header(header("X-Custom", "b"))
        .body("{}")
        .build()
        .unwrap();
    let sent = request.to_request(&endpoint());
    insta::assert_snapshot!(shown(&sent), @r"
    PATCH https://demo-abc.cn-hangzhou.fcapp.run/a%20b/$x//y?q=1&q=%26&z
    content-type: application/json
    my-session: 4711
    x-custom: a, b
    x-fc-log-type: Tail
    ");
    assert_eq!(sent.body(), "{}");
    let other = request.with_body("[]").to_request(&endpoint());
    assert_eq!((other.body(), other.uri()), (&"[]".into(), sent.uri()));
    assert_eq!(request.method(), Method::PATCH);
    assert_eq!(request.body(), "{}");
}

#[test]
fn an_asynchronous_call_has_a_task_id_and_no_session() {
    let asynchronous = || get("/").invocation_type(InvocationType::Async);
    let id = || "task-1".parse().unwrap();
    let request = asynchronous().async_task_id(id()).build().unwrap();
    insta::assert_snapshot!(shown(&request.to_request(&endpoint())), @r"
    GET https://demo-abc.cn-hangzhou.fcapp.run/
    x-fc-async-task-id: task-1
    x-fc-invocation-type: Async
    ");
    for session in [Session::cookie(), Session::mcp()] {
        assert_eq!(slug(request.with_session(&session)), "async-session");
        assert_eq!(
            slug(asynchronous().session(session).build()),
            "async-session"
        );
    }
    assert_eq!(slug(get("/").async_task_id(id()).build()), "async-only");
    let tail = asynchronous().log_type(LogType::Tail);
    assert_eq!(slug(tail.build()), "async-log-tail");
}

#[test]
fn a_session_of_mcp_is_sent_over_a_trigger() {
    let mut session = Session::mcp();
    let mut response = http::HeaderMap::new();
    response.insert("mcp-session-id", HeaderValue::from_static("1868a90c"));
    assert!(session.update(&response).unwrap());
    let request = get("/mcp").build().unwrap();
    let request = request.with_session(&session).unwrap();
    let sent = request.to_request(&endpoint());
    assert_eq!(sent.headers()["mcp-session-id"], "1868a90c");
    let named = Session::header_field("Content-Type".parse().unwrap());
    assert_eq!(slug(request.with_session(&named)), "reserved-header");
}

#[test]
fn a_request_that_cannot_be_sent_as_written_is_refused() {
    for target in [
        "",
        "a",
        "*",
        "http://evil.example/",
        "/a b",
        "/a#b",
        "/a\r\nX: y",
        "/%",
        "/%2",
        "/%zz",
        "/a?b=%f",
        "/\u{e4}",
    ] {
        assert_eq!(slug(get(target).build()), "forbidden-byte", "{target:?}");
    }
    for target in ["/", "/?", "//evil.example/", "/a?b=//c", "/a;b=1/../c"] {
        assert_eq!(slug(get(target).build()), "ok", "{target:?}");
        let sent = get(target).build().unwrap().to_request(&endpoint());
        assert_eq!(sent.uri().host(), Some("demo-abc.cn-hangzhou.fcapp.run"));
    }
    let method = |name: &str| {
        let method = Method::from_bytes(name.as_bytes()).unwrap();
        slug(TriggerRequest::builder(method, "/").build())
    };
    for name in ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"] {
        assert_eq!(method(name), "ok");
    }
    for name in ["get", "CONNECT", "GET!"] {
        assert_eq!(method(name), "unknown-value");
    }
    for content_type in [" text/plain", "text/\u{e4}"] {
        let value = HeaderValue::from_str(content_type).unwrap();
        assert_eq!(slug(get("/").content_type(value).build()), "header-value");
    }
}

#[test]
fn debug_output_shows_neither_target_nor_body_nor_authentication() {
    let request = get("/secret?token=secret").body("secret").build().unwrap();
    let auth = TriggerAuth::authorization("Basic secret".parse().unwrap());
    let client = BlockingTriggerClient::new(Script::default(), endpoint(), auth);
    let builder = get("/secret").body("secret");
    let shown = format!("{request:?} {client:?} {builder:?}");
    assert!(!shown.contains("secret"), "{shown}");
    for (shown, name) in [
        (format!("{request:?}"), "TriggerRequest"),
        (format!("{builder:?}"), "TriggerRequestBuilder"),
    ] {
        let start = format!("{name} {{ method: GET, invocation_type: None,");
        assert!(shown.starts_with(&start), "{shown}");
        assert!(shown.ends_with("body_len: 6, .. }"), "{shown}");
    }
}

#[test]
fn debug_output_names_the_kind_of_authentication_and_the_endpoint() {
    let token = "a.b.c".parse().unwrap();
    let place = "query:jwt".parse().unwrap();
    for (auth, shown) in [
        (TriggerAuth::anonymous(), "anonymous"),
        (
            TriggerAuth::signed(TriggerScheme::Acs3, credentials()),
            "signed(Acs3)",
        ),
        (
            TriggerAuth::bearer("demo-token-0123456789-0123456789".parse().unwrap()),
            "bearer",
        ),
        (TriggerAuth::json_web_token(token, place), "json_web_token("),
        (
            TriggerAuth::authorization("Basic dTpw".parse().unwrap()),
            "authorization",
        ),
    ] {
        let found = format!("{auth:?}");
        assert!(found.starts_with(shown), "{found}");
        let client = TriggerClient::new(Script::default(), endpoint(), auth.clone());
        let blocking = BlockingTriggerClient::new(Script::default(), endpoint(), auth);
        let rest = format!(
            "TriggerClient {{ endpoint: {:?}, auth: {found}, .. }}",
            endpoint()
        );
        assert_eq!(format!("{client:?}"), rest);
        assert_eq!(format!("{blocking:?}"), format!("Blocking{rest}"));
    }
}

/// The `Authorization` that each client sends.
fn authorizations(auth: &TriggerAuth, request: &TriggerRequest) -> [String; 2] {
    let script = Script::of([answer(200)]);
    let client = BlockingTriggerClient::new(script.clone(), endpoint(), auth.clone());
    let client = client.clock_and_randomness(Arc::new(Ticking::default()));
    client.call(request).unwrap().into_result().unwrap();
    let blocking = script.headers("authorization").remove(0);

    let script = Script::of([answer(200)]);
    let client = TriggerClient::new(script.clone(), endpoint(), auth.clone());
    let client = client.clock_and_randomness(Arc::new(Ticking::default()));
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let outcome = runtime.unwrap().block_on(client.call(request));
    outcome.unwrap().into_result().unwrap();
    [blocking, script.headers("authorization").remove(0)]
}

#[test]
fn both_clients_authenticate_a_call_in_the_same_way() {
    let request = get("/orders?id=7").build().unwrap();
    let bearer = "demo-token-0123456789-0123456789";
    for (auth, start) in [
        (
            TriggerAuth::bearer(bearer.parse().unwrap()),
            "Bearer demo-token-",
        ),
        (
            TriggerAuth::signed(TriggerScheme::Fc, credentials()),
            "FC id:",
        ),
        (
            TriggerAuth::signed(TriggerScheme::Acs3, credentials()),
            "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=x-acs-date;x-acs-security-token,",
        ),
        (
            TriggerAuth::authorization("Basic dTpw".parse().unwrap()),
            "Basic dTpw",
        ),
        (
            TriggerAuth::json_web_token(
                "a.b.c".parse().unwrap(),
                "header:authorization:JWT".parse().unwrap(),
            ),
            "JWT a.b.c",
        ),
    ] {
        let [blocking, asynchronous] = authorizations(&auth, &request);
        assert_eq!(blocking, asynchronous);
        assert!(blocking.starts_with(start), "{blocking}");
    }
}

#[tokio::test]
async fn an_anonymous_call_is_sent_without_authentication() {
    let request = get("/").build().unwrap();
    let (one, two) = (Script::of([answer(200)]), Script::of([answer(200)]));
    let client = TriggerClient::new(one.clone(), endpoint(), TriggerAuth::anonymous());
    client.call(&request).await.unwrap().into_result().unwrap();
    let client = BlockingTriggerClient::new(two.clone(), endpoint(), TriggerAuth::anonymous());
    client.call(&request).unwrap().into_result().unwrap();
    for script in [one, two] {
        assert_eq!(script.header_names(), [Vec::<String>::new()]);
    }
}

#[test]
fn every_call_asks_the_provider_for_credentials() {
    let script = Script::of([answer(200), answer(200)]);
    let auth = TriggerAuth::signed(TriggerScheme::Fc, Rotating::default());
    let client = BlockingTriggerClient::new(script.clone(), endpoint(), auth);
    let request = get("/").build().unwrap();
    for _ in 0..2 {
        client.call(&request).unwrap().into_result().unwrap();
    }
    let error = client.call(&request).unwrap_err();
    assert!(matches!(error.kind(), InvokeErrorKind::Credentials(_)));
    let sent = script.headers("authorization");
    assert!(sent[0].starts_with("FC id-0:") && sent[1].starts_with("FC id-1:"));
    assert_eq!(sent.len(), 2);
}

#[test]
fn a_call_is_sent_once_whatever_happens() {
    let failures: [SendResult; 4] = [
        Err(TransportErrorKind::Connect),
        Err(TransportErrorKind::Interrupted),
        answer(429),
        answer(503),
    ];
    for failure in failures {
        let is_response = failure.is_ok();
        let script = Script::of([failure, answer(200)]);
        let auth = TriggerAuth::signed(TriggerScheme::Acs3, credentials());
        let client = BlockingTriggerClient::new(script.clone(), endpoint(), auth);
        let result = client.call(&get("/").build().unwrap());
        assert_eq!(result.is_ok(), is_response);
        if let Ok(outcome) = result {
            assert!(matches!(outcome, TriggerOutcome::Response(_)));
        }
        assert_eq!(script.headers("authorization").len(), 1);
    }
}

#[test]
fn a_request_that_could_be_signed_in_two_ways_is_not_sent() {
    let script = Script::default();
    let auth = TriggerAuth::signed(TriggerScheme::Acs3, credentials());
    let client = BlockingTriggerClient::new(script.clone(), endpoint(), auth);
    for target in ["/a%20b", "/$a", "/a?b=1&b=2"] {
        let error = client.call(&get(target).build().unwrap()).unwrap_err();
        assert!(matches!(error.kind(), InvokeErrorKind::Sign(_)), "{target}");
        assert!(!error.may_have_run());
    }
    assert_eq!(script.headers("authorization").len(), 0);
}

proptest! {
    /// Whatever the caller writes as a target, the request goes to the endpoint with the target as written, or is refused.
    #[test]
    fn a_target_never_changes_the_host(target in "/?[ -~\u{e4}]{0,60}") {
        if let Ok(request) = get(&target).build() {
            let sent = request.to_request(&endpoint());
            let expected = format!("https://demo-abc.cn-hangzhou.fcapp.run{target}");
            prop_assert_eq!(sent.uri().to_string(), expected);
        }
    }
}
