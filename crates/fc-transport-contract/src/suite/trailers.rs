//! Rule 4: trailers are dropped and interim responses are skipped.

use fc_transport::{ExchangeLimits, Transport as _};

use crate::{HELLO, Origin, Subject, post};

/// A header of the trailers is not among the headers of the response.
pub async fn trailers_are_not_merged_into_the_headers<S: Subject>() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let body = "5\r\nhello\r\n0\r\nx-fc-error-type: UnhandledInvocationError\r\n\r\n";
    let origin = Origin::replying(format!("{head}{body}"));
    let transport = S::transport(ExchangeLimits::default());
    let response = transport.send(post(origin.url())).await.unwrap();
    assert_eq!(response.body(), "hello");
    assert!(!response.headers().contains_key("x-fc-error-type"));
}

/// The response is the final one, without the headers of the interim ones.
pub async fn interim_responses_are_skipped<S: Subject>() {
    let proceed = "HTTP/1.1 100 Continue\r\n\r\n";
    let hints = "HTTP/1.1 103 Early Hints\r\nx-fc-error-type: UnhandledInvocationError\r\n\r\n";
    let origin = Origin::replying(format!("{proceed}{hints}{HELLO}"));
    let transport = S::transport(ExchangeLimits::default());
    let response = transport.send(post(origin.url())).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), response.body().as_ref()),
        (200, &b"hello"[..])
    );
    assert!(!response.headers().contains_key("x-fc-error-type"));
}
