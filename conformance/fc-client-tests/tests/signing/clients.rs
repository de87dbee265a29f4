//! Each client sends two requests of each plan.

use bytes::Bytes;
use fc_client::signing::{RequestSigner, SigningLayer};
use fc_transport_hyper::HyperTransport;
use fcgate_protocol::SignKind;
use http::Request;
use tower_layer::Layer as _;
use tower_service::Service as _;

use crate::keys::Rotating;
use crate::verifier::{Plan, REQUESTS, origin, verify};

const PAYLOADS: [&str; 2] = ["", "{\"key\":\"value\"}"];

fn signer(plan: Plan) -> RequestSigner<Rotating> {
    let provider = Rotating::default();
    match plan.kind {
        SignKind::HttpTrigger => RequestSigner::http_trigger(plan.scheme, provider),
        _ => RequestSigner::api(plan.scheme, provider),
    }
}

fn request(url: &str, payload: &'static str) -> Request<Bytes> {
    let request = Request::post(url).header("content-type", "application/json");
    request
        .body(Bytes::from_static(payload.as_bytes()))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tower_layer_signs_every_request() {
    for plan in Plan::ALL {
        for payload in PAYLOADS {
            let origin = origin();
            let url = origin.url(plan.target());
            let mut service = SigningLayer::new(signer(plan)).layer(HyperTransport::http());
            for _ in 0..REQUESTS {
                let response = service.call(request(&url, payload)).await.unwrap();
                assert_eq!(response.body(), "done");
            }
            verify(&origin, plan, payload, "tower");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_reqwest_is_signed() {
    for plan in Plan::ALL {
        for payload in PAYLOADS {
            let origin = origin();
            let url = origin.url(plan.target());
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let signer = signer(plan);
            for _ in 0..REQUESTS {
                let mut request = client.post(&url).body(payload).build().unwrap();
                signer.sign_reqwest(&mut request).await.unwrap();
                assert_eq!(client.execute(request).await.unwrap().status(), 200);
            }
            verify(&origin, plan, payload, "reqwest");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_middleware_of_reqwest_signs_every_request() {
    for plan in Plan::ALL {
        for payload in PAYLOADS {
            let origin = origin();
            let url = origin.url(plan.target());
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let client = reqwest_middleware::ClientBuilder::new(client)
                .with(signer(plan))
                .build();
            for _ in 0..REQUESTS {
                let response = client.post(&url).body(payload).send().await.unwrap();
                assert_eq!(response.status(), 200);
            }
            verify(&origin, plan, payload, "reqwest-middleware");
        }
    }
}

#[test]
fn a_middleware_of_ureq_signs_every_request() {
    for plan in Plan::ALL {
        for payload in PAYLOADS {
            let origin = origin();
            let url = origin.url(plan.target());
            let config = ureq::Agent::config_builder()
                .proxy(None)
                .middleware(signer(plan));
            let agent = config.build().new_agent();
            for _ in 0..REQUESTS {
                let sent = agent.run(request(&url, payload).map(|bytes| bytes.to_vec()));
                assert_eq!(sent.unwrap().body_mut().read_to_string().unwrap(), "done");
            }
            verify(&origin, plan, payload, "ureq");
        }
    }
}

#[test]
fn a_request_of_any_client_is_signed() {
    for plan in Plan::ALL {
        for payload in PAYLOADS {
            let origin = origin();
            let url = origin.url(plan.target());
            let signer = signer(plan);
            let agent = ureq::Agent::config_builder()
                .proxy(None)
                .build()
                .new_agent();
            for _ in 0..REQUESTS {
                let mut request = request(&url, payload);
                signer.sign_blocking(&mut request).unwrap();
                let sent = agent.run(request.map(|bytes| bytes.to_vec()));
                assert_eq!(sent.unwrap().status(), 200);
            }
            verify(&origin, plan, payload, "any client");
        }
    }
}

#[tokio::test]
async fn a_streamed_body_is_refused_and_the_request_is_unchanged() {
    let signer = signer(Plan::ALL[1]);
    // A body with a length that reqwest does not hold in memory.
    let stream = reqwest::Body::wrap(http_body_util::Full::new(Bytes::from_static(b"hello")));
    let mut request = reqwest::Client::new()
        .post("http://127.0.0.1:1/")
        .body(stream)
        .build()
        .unwrap();
    let error = signer.sign_reqwest(&mut request).await.unwrap_err();
    assert_eq!(error.to_string(), "sign: expected a request body in memory");
    assert!(request.headers().is_empty());
}
