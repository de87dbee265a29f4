//! Rule 3: any complete response is `Ok`, and any other is an error.

use fc_transport::TransportErrorKind::{Interrupted, Protocol};
use fc_transport::{ExchangeLimits, Transport as _};

use crate::{Origin, Reply, Subject, error_kind, post};

/// The status does not matter, and the connection stays usable.
pub async fn any_status_is_a_response<S: Subject>() {
    let statuses = [200, 307, 403, 429, 503];
    let reply = |status| Reply::new(format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n"));
    let origin = Origin::start(statuses.map(reply));
    let transport = S::transport(ExchangeLimits::default());
    for status in statuses {
        let response = transport.send(post(origin.url())).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(origin.next_request().connection, 0);
    }
}

/// A response that ends before its head, in its head or in its body is an error.
pub async fn a_cut_response_is_interrupted<S: Subject>() {
    let head = "HTTP/1.1 200 OK\r\ncontent-le";
    let body = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe";
    let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n";
    for cut in ["", head, body, chunk] {
        let origin = Origin::start([Reply::closing(cut)]);
        let kind = error_kind::<S>(&origin, ExchangeLimits::default()).await;
        assert_eq!(kind, Interrupted, "{cut}");
    }
}

/// A response may have as many headers as the subject declares; one more is refused, and the message says why.
pub async fn a_response_with_too_many_headers_is_refused_with_a_message_that_says_so<S: Subject>() {
    for (headers, is_accepted) in [(S::MAX_HEADERS, true), (S::MAX_HEADERS + 1, false)] {
        // One of them is the length.
        let lines: Vec<_> = (1..headers)
            .map(|number| format!("x-{number}: 1\r\n"))
            .collect();
        let lines = lines.concat();
        let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n{lines}\r\n");
        let origin = Origin::replying(reply);
        let transport = S::transport(ExchangeLimits::default());
        match transport.send(post(origin.url())).await {
            Ok(response) => {
                assert!(is_accepted, "{headers} headers");
                assert_eq!(response.headers().len(), headers);
            }
            Err(error) => {
                assert!(!is_accepted, "{headers} headers: {error}");
                assert_eq!(error.kind(), Protocol);
                assert!(error.to_string().contains("headers"), "{error}");
            }
        }
    }
}
