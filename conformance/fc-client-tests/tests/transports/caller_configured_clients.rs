//! HTTP clients that the caller configured, with other defaults than ours.

use bytes::Bytes;
use fc_transport::TransportErrorKind::Timeout;
use fc_transport::{BlockingTransport as _, Transport as _};
use fc_transport_reqwest::ReqwestTransport;
use fc_transport_ureq::UreqTransport;
use fcgate_http::origin::{Origin, Script, Step};

use crate::exchange::{PATH, assert_no_secret, generous_limits, request};

fn served(head: &str, body: &[u8]) -> Origin {
    let length = body.len();
    let head = format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\n\r\n");
    Origin::start(Script::serving([head.as_bytes(), body].concat())).unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.enable_all().worker_threads(2).build().unwrap()
}

#[test]
fn default_settings_of_reqwest_follow_no_redirect() {
    for status in [302, 307] {
        let other = served("200 OK", b"elsewhere");
        let head = format!("{status} X\r\nLocation: {}", other.url("/x"));
        let origin = served(&head, b"");
        let transport = ReqwestTransport::new(|| ::reqwest::Client::builder().no_proxy());
        let transport = transport.unwrap().limits(generous_limits());
        let call = transport.send(request(&origin.url(PATH), Bytes::new()));
        assert_eq!(runtime().block_on(call).unwrap().status(), status);
        assert_eq!(other.connection_count(), 0);
    }
}

#[test]
fn the_timeout_of_a_reqwest_client_is_a_timeout_error() {
    let origin = Origin::start(Script::every([Step::Stall])).unwrap();
    let time = std::time::Duration::from_millis(200);
    let settings = move || ::reqwest::Client::builder().timeout(time);
    let transport = ReqwestTransport::new(settings).unwrap();
    let transport = transport.limits(generous_limits());
    let call = transport.send(request(&origin.url(PATH), Bytes::new()));
    let error = runtime().block_on(call).unwrap_err();
    assert_eq!(error.kind(), Timeout, "{error:?}");
    assert_no_secret(&error);
}

#[test]
fn a_default_ureq_agent_follows_no_redirect() {
    for status in [302, 307] {
        let other = served("200 OK", b"elsewhere");
        let head = format!("{status} X\r\nLocation: {}", other.url("/x"));
        let origin = served(&head, b"");
        let agent = ::ureq::Agent::new_with_defaults();
        let transport = UreqTransport::new(agent).limits(generous_limits());
        let response = transport.send(request(&origin.url(PATH), Bytes::new()));
        assert_eq!(response.unwrap().status(), status);
        assert_eq!(other.connection_count(), 0);
    }
}

#[test]
fn a_default_ureq_agent_returns_every_status_as_ok() {
    let origin = served("500 X", b"failed");
    let transport =
        UreqTransport::new(::ureq::Agent::new_with_defaults()).limits(generous_limits());
    let response = transport.send(request(&origin.url(PATH), Bytes::new()));
    assert_eq!(response.unwrap().body(), "failed");
}

#[test]
fn a_default_ureq_agent_gets_our_body_limit() {
    // The default limit of ureq is 10 MiB.
    let body = vec![b'b'; 11 << 20];
    let origin = served("200 OK", &body);
    let transport =
        UreqTransport::new(::ureq::Agent::new_with_defaults()).limits(generous_limits());
    let response = transport.send(request(&origin.url(PATH), Bytes::new()));
    assert_eq!(response.unwrap().body().len(), body.len());
}
