//! Calls of HTTP triggers over HTTP by each client: what arrives, and what the caller gets.

use std::io::Read as _;

use bytes::Bytes;
use fc_client::sign::{JsonWebToken, TokenPlace};
use fc_client::{
    Credentials, InvokeError, Session, TriggerAuth, TriggerClientBuilder, TriggerOutcome,
    TriggerRequest, TriggerScheme,
};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_http::origin::{Connection, Origin, Script};
use fcgate_protocol::{self as protocol, SignKind};
use http::Method;
use http_body_util::{BodyExt as _, Full};

const ID: &str = "FCTESTACCESSKEYID01";
const SECRET: &str = "fcTestAccessKeySecret0123456789";
const TARGET: &str = "/orders/7?size=2&colour=blue";
const DONE: &str = "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: r-1\r\nContent-Length: 4\r\n\r\ndone";

fn key() -> Credentials {
    Credentials::new(ID.parse().unwrap(), SECRET.parse().unwrap())
}

fn request() -> TriggerRequest {
    let request = TriggerRequest::builder(Method::PUT, TARGET);
    let request = request.content_type("application/json".parse().unwrap());
    request.body("{\"key\":\"value\"}").build().unwrap()
}

/// What each client returned for one call, and the request that arrived.
async fn call(
    auth: &TriggerAuth,
    request: &TriggerRequest,
    answer: &'static str,
) -> Vec<(
    &'static str,
    WireRequest,
    Result<TriggerOutcome, InvokeError>,
)> {
    let mut all = Vec::new();
    for client in ["reqwest", "hyper", "ureq"] {
        let origin = Origin::start(Script::serving(answer)).unwrap();
        let builder = TriggerClientBuilder::new(origin.url("/").parse().unwrap(), auth.clone());
        let outcome = match client {
            "reqwest" => builder.reqwest().unwrap().call(request).await,
            "hyper" => builder.hyper().unwrap().call(request).await,
            _ => {
                let (client, request) = (builder.ureq().unwrap(), request.clone());
                let call = tokio::task::spawn_blocking(move || client.call(&request));
                call.await.unwrap()
            }
        };
        all.push((client, arrived(&origin), outcome));
    }
    all
}

/// The one request that the origin received.
fn arrived(origin: &Origin) -> WireRequest {
    let connections = origin.connections();
    let requests: Vec<_> = connections.iter().flat_map(Connection::requests).collect();
    let [bytes] = requests[..] else {
        panic!("{} requests", requests.len())
    };
    let text = std::str::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let mut words = lines.next().unwrap().split(' ');
    let request = WireRequest::new(words.next().unwrap(), words.next().unwrap());
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    let request = headers.fold(request, |request, (name, value)| {
        request.header(name, value)
    });
    request.body(body.as_bytes())
}

fn target(request: &WireRequest) -> String {
    format!("{}?{}", request.path(), request.query())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_signed_by_the_fc_scheme_verifies() {
    let auth = TriggerAuth::signed(TriggerScheme::Fc, key());
    for (client, arrived, outcome) in call(&auth, &request(), DONE).await {
        assert_eq!(outcome.unwrap().request_id(), Some("r-1"), "{client}");
        let key = protocol::Credentials::new(ID, SECRET);
        let (scheme, kind) = (protocol::Scheme::Fc, SignKind::HttpTrigger);
        let verdict = oracle::verify(&arrived, scheme, kind, &key);
        assert!(verdict.verifies(), "{client}: {verdict:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_signed_by_acs3_follows_the_recipe_of_the_manual() {
    let auth = TriggerAuth::signed(TriggerScheme::Acs3, key());
    for (client, arrived, outcome) in call(&auth, &request(), DONE).await {
        let response = outcome.unwrap().into_result().unwrap();
        assert_eq!(response.body(), "done", "{client}");
        let names = "x-acs-date;x-acs-security-token";
        let stages = oracle::acs3_stages(&arrived, names, SECRET).unwrap();
        let authorization = arrived.value("authorization").unwrap();
        assert!(authorization.contains(&format!("={ID},SignedHeaders={names},")));
        assert!(
            authorization.ends_with(&stages.signature.unwrap()),
            "{client}"
        );
        assert_eq!(arrived.value("x-acs-security-token"), Some(""));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_signed_by_acs_sends_the_accept_that_it_signed() {
    let auth = TriggerAuth::signed(TriggerScheme::Acs, key());
    for (client, arrived, outcome) in call(&auth, &request(), DONE).await {
        assert!(outcome.is_ok(), "{client}");
        let authorization = arrived.value("authorization").unwrap();
        assert!(authorization.starts_with(&format!("acs {ID}:")), "{client}");
        assert_eq!(arrived.value("accept"), Some("*/*"), "{client}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_without_a_signature_has_the_token_at_its_place() {
    let token = || -> JsonWebToken { "a.b.c".parse().unwrap() };
    let at = |place: &str| TriggerAuth::json_web_token(token(), place.parse().unwrap());
    let bearer = "demo-token-0123456789-0123456789";
    for (auth, header, expected) in [
        (TriggerAuth::anonymous(), "authorization", None),
        (
            TriggerAuth::bearer(bearer.parse().unwrap()),
            "authorization",
            Some(format!("Bearer {bearer}")),
        ),
        (
            TriggerAuth::json_web_token(token(), TokenPlace::bearer()),
            "authorization",
            Some("Bearer a.b.c".to_owned()),
        ),
        (at("header:X-Token"), "x-token", Some("a.b.c".to_owned())),
        (at("cookie:jwt"), "cookie", Some("jwt=a.b.c".to_owned())),
    ] {
        for (client, arrived, outcome) in call(&auth, &request(), DONE).await {
            assert!(outcome.is_ok(), "{client}");
            assert_eq!(
                arrived.value(header),
                expected.as_deref(),
                "{client}, {auth:?}"
            );
            assert_eq!(target(&arrived), TARGET, "{client}");
        }
    }
    for (client, arrived, outcome) in call(&at("query:jwt"), &request(), DONE).await {
        assert!(outcome.is_ok(), "{client}");
        assert_eq!(target(&arrived), format!("{TARGET}&jwt=a.b.c"), "{client}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_response_of_the_function_is_passed_through_whatever_its_status() {
    for (answer, status) in [
        (
            "HTTP/1.1 201 Created\r\nLocation: /a\r\nContent-Length: 4\r\n\r\ndone",
            201,
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 4\r\n\r\ndone",
            302,
        ),
        (
            "HTTP/1.1 404 Not Found\r\nLocation: /a\r\nContent-Length: 4\r\n\r\ndone",
            404,
        ),
        (
            "HTTP/1.1 500 Oh\r\nLocation: /a\r\nContent-Length: 4\r\n\r\ndone",
            500,
        ),
    ] {
        let auth = TriggerAuth::anonymous();
        for (client, _, outcome) in call(&auth, &request(), answer).await {
            let response = outcome.unwrap().into_result().unwrap();
            let body = str::from_utf8(response.body()).unwrap();
            assert_eq!(
                (response.status().as_u16(), body),
                (status, "done"),
                "{client}"
            );
            assert_eq!(response.headers()["location"], "/a", "{client}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_of_the_gateway_is_typed() {
    let answer = "HTTP/1.1 403 Forbidden\r\nX-Fc-Request-Id: r-1\r\nContent-Length: 52\r\n\r\n\
                  {\"ErrorCode\":\"SignatureNotMatch\",\"ErrorMessage\":\"m\"}";
    let auth = TriggerAuth::signed(TriggerScheme::Acs3, key());
    for (client, _, outcome) in call(&auth, &request(), answer).await {
        let failure = outcome.unwrap().into_result().unwrap_err();
        assert_eq!(failure.code(), Some("SignatureNotMatch"), "{client}");
        assert_eq!(failure.request_id(), Some("r-1"), "{client}");
        assert!(!failure.may_have_run(), "{client}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_keeps_the_cookie_that_the_service_set() {
    let answer = "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: r-1\r\nSet-Cookie: theme=dark\r\n\
                  Set-Cookie: x-fc-cookie-session-id=252f75b8; Max-Age=21600\r\nContent-Length: 0\r\n\r\n";
    let auth = TriggerAuth::anonymous();
    let mut session = Session::cookie();
    let first = request().with_session(&session).unwrap();
    for (client, arrived, outcome) in call(&auth, &first, answer).await {
        assert_eq!(arrived.value("cookie"), None, "{client}");
        session.update(outcome.unwrap().headers()).unwrap();
    }
    let second = request().with_session(&session).unwrap();
    for (client, arrived, outcome) in call(&auth, &second, answer).await {
        let expected = Some("x-fc-cookie-session-id=252f75b8");
        assert_eq!(arrived.value("cookie"), expected, "{client}");
        assert!(!session.update(outcome.unwrap().headers()).unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_streamed_body_arrives_and_the_response_is_a_stream() {
    let auth = || TriggerAuth::signed(TriggerScheme::Fc, key());
    let request = request().with_body("");
    let body = || Full::new(Bytes::from_static(b"streamed"));
    let check = |origin: &Origin| {
        assert!(arrived(origin).value("authorization").is_some());
        let connections = origin.connections();
        let bytes = connections.iter().flat_map(Connection::requests).next();
        assert!(bytes.unwrap().ends_with(b"\r\n\r\nstreamed"));
    };
    for client in ["reqwest", "hyper", "ureq"] {
        let origin = Origin::start(Script::serving(DONE)).unwrap();
        let builder = TriggerClientBuilder::new(origin.url("/").parse().unwrap(), auth());
        let received = match client {
            "reqwest" => {
                let client = builder.reqwest().unwrap();
                let response = client.call_streaming(&request, body()).await.unwrap();
                response.into_body().collect().await.unwrap().to_bytes()
            }
            "hyper" => {
                let client = builder.hyper().unwrap();
                let response = client.call_streaming(&request, body()).await.unwrap();
                response.into_body().collect().await.unwrap().to_bytes()
            }
            _ => {
                let (client, request) = (builder.ureq().unwrap(), request.clone());
                let call = tokio::task::spawn_blocking(move || {
                    let response = client.call_streaming(&request, &b"streamed"[..], 8);
                    let mut bytes = Vec::new();
                    let mut body = response.unwrap().into_body();
                    body.read_to_end(&mut bytes).unwrap();
                    bytes
                });
                call.await.unwrap().into()
            }
        };
        assert_eq!(received, "done", "{client}");
        check(&origin);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_streamed_call_with_a_second_body_is_refused_before_it_is_sent() {
    let origin = Origin::start(Script::serving(DONE)).unwrap();
    let auth = TriggerAuth::anonymous();
    let builder = TriggerClientBuilder::new(origin.url("/").parse().unwrap(), auth);
    let client = builder.hyper().unwrap();
    let body = Full::new(Bytes::from_static(b"streamed"));
    let error = client.call_streaming(&request(), body).await.unwrap_err();
    assert!(error.to_string().contains("two-payloads"), "{error}");
    assert_eq!(origin.connection_count(), 0);
}
