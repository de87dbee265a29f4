//! Calls of HTTP triggers with streamed bodies: sent once, authenticated, and their responses not read.

use std::io::{Cursor, Read};

use fc_invoke::{
    BlockingTriggerClient, InvokeError, TriggerAuth, TriggerClient, TriggerRequest,
    TriggerRequestBuilder, TriggerScheme,
};
use http::{Method, Request, Response};

use crate::samples::{credentials, endpoint};
use crate::streaming_transports::{Once, Pieces, Reader, reader};

fn upload() -> TriggerRequestBuilder {
    TriggerRequest::builder(Method::PUT, "/files/7?part=1")
}

async fn asynchronous(
    once: &Once<Pieces>,
    auth: &TriggerAuth,
    request: &TriggerRequest,
) -> Result<Response<Pieces>, InvokeError> {
    let client = TriggerClient::new(once, endpoint(), auth.clone());
    client
        .call_streaming(request, Pieces::of(["ev", "ent"]))
        .await
}

fn blocking(
    once: &Once<Reader>,
    auth: &TriggerAuth,
    request: &TriggerRequest,
) -> Result<Response<Reader>, InvokeError> {
    let client = BlockingTriggerClient::new(once, endpoint(), auth.clone());
    client.call_streaming(request, Cursor::new("event and more"), 5)
}

fn authorization(sent: &Request<Vec<u8>>) -> Option<&str> {
    assert_eq!(sent.method(), Method::PUT);
    assert_eq!(sent.uri(), "https://fc.example.com/files/7?part=1");
    assert_eq!(sent.body(), b"event");
    let value = sent.headers().get("authorization")?;
    value.to_str().ok()
}

#[tokio::test]
async fn the_body_is_streamed_and_the_call_is_authenticated() {
    let request = upload().build().unwrap();
    let signed = TriggerAuth::signed(TriggerScheme::Fc, credentials());
    for (auth, start) in [(TriggerAuth::anonymous(), None), (signed, Some("FC id:"))] {
        let once = Once::new(200, Pieces::of(["re", "sult"]));
        let response = asynchronous(&once, &auth, &request).await.unwrap();
        assert_eq!(response.body().left(), 2);
        let sent = once.sent().unwrap();
        let found = authorization(&sent);
        assert_eq!(found.map(|value| &value[..6]), start);

        let once = Once::new(200, reader("result"));
        let response = blocking(&once, &auth, &request).unwrap();
        let mut result = String::new();
        response.into_body().read_to_string(&mut result).unwrap();
        assert_eq!(result, "result");
        let sent = once.sent().unwrap();
        let found = authorization(&sent);
        assert_eq!(found.map(|value| &value[..6]), start);
    }
}

#[tokio::test]
async fn a_response_of_any_status_is_returned_and_not_interpreted() {
    let request = upload().build().unwrap();
    let auth = TriggerAuth::anonymous();
    let refusal = r#"{"ErrorCode":"AccessDenied","ErrorMessage":"m"}"#;
    for status in [403, 500] {
        let once = Once::new(status, Pieces::of([refusal]));
        let response = asynchronous(&once, &auth, &request).await.unwrap();
        assert_eq!(
            (response.status().as_u16(), response.body().left()),
            (status, 1)
        );
        let once = Once::new(status, reader(refusal));
        let response = blocking(&once, &auth, &request).unwrap();
        assert_eq!(response.status(), status);
    }
}

#[tokio::test]
async fn a_request_with_a_body_of_its_own_is_refused_before_anything_is_sent() {
    let request = upload().body("twice").build().unwrap();
    let auth = TriggerAuth::anonymous();
    let once = Once::new(200, Pieces::of([""; 0]));
    let error = asynchronous(&once, &auth, &request).await.unwrap_err();
    assert!(
        error.to_string().starts_with("input: two-payloads: body"),
        "{error}"
    );
    assert!(once.sent().is_none());
    let once = Once::new(200, reader(""));
    let Err(error) = blocking(&once, &auth, &request) else {
        panic!("the call has two bodies")
    };
    assert!(
        error.to_string().starts_with("input: two-payloads: body"),
        "{error}"
    );
    assert!(once.sent().is_none());
}
