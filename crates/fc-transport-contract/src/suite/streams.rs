//! Bodies that are sent and received as streams.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::TransportErrorKind::{self, Protocol, Timeout};
use fc_transport::{ExchangeLimits, StreamingTransport as _, TransportError};
use http::Request;
use http_body::{Body, Frame, SizeHint};

use crate::{HELLO, Origin, Subject};

/// A body that declares a length and has these pieces.
struct Pieces {
    declared: u64,
    pieces: Vec<&'static str>,
}

impl Pieces {
    /// A body that declares seven bytes.
    fn declaring_seven(pieces: &[&'static str]) -> Self {
        Self {
            declared: 7,
            pieces: pieces.to_vec(),
        }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.pieces.is_empty() {
            return Poll::Ready(None);
        }
        let piece = Bytes::from(self.pieces.remove(0));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.declared)
    }
}

async fn streamed<S: Subject>(
    origin: &Origin,
    limits: ExchangeLimits,
    body: Pieces,
) -> Result<Vec<u8>, TransportError> {
    let request = Request::post(origin.url()).body(body).unwrap();
    let transport = S::transport(limits);
    let mut body = transport.stream(request).await?.into_body();
    let mut received = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        received.extend_from_slice(&frame?.into_data().unwrap());
    }
    Ok(received)
}

/// The payload has its declared length, and the limit for bodies in memory does not apply to the response.
pub async fn streams_are_sent_and_received<S: Subject>() {
    let origin = Origin::replying(HELLO);
    let body = Pieces::declaring_seven(&["the ", "end"]);
    let received = streamed::<S>(
        &origin,
        ExchangeLimits::default().body(1).streamed_body(5),
        body,
    )
    .await;
    assert_eq!(received.unwrap(), b"hello");
    let request = origin.next_request();
    assert!(request.has_line("content-length: 7"));
    assert!(request.text.ends_with("\r\n\r\nthe end"));
}

/// A body that is shorter or longer than declared is an error, and the request is not complete.
pub async fn a_stream_of_another_length_than_declared_is_never_sent_completely<S: Subject>() {
    let bodies: [&[&str]; 4] = [&[], &["the e"], &["the end", "!"], &["the end!"]];
    for pieces in bodies {
        let origin = Origin::replying(HELLO);
        let body = Pieces::declaring_seven(pieces);
        let received = streamed::<S>(&origin, ExchangeLimits::default(), body).await;
        let kind = received.unwrap_err().kind();
        assert_eq!(kind, TransportErrorKind::Request, "{pieces:?}");
        assert_eq!(origin.pending_request(), None, "{pieces:?}");
    }
}

/// The time limits apply while the body of the response is read.
pub async fn a_streamed_response_keeps_the_time_limits<S: Subject>() {
    let time = Duration::from_millis(50);
    for limits in [
        ExchangeLimits::default().total(time),
        ExchangeLimits::default().idle(time),
    ] {
        let origin = Origin::replying("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe");
        let body = Pieces::declaring_seven(&["the end"]);
        let received = streamed::<S>(&origin, limits, body).await;
        assert_eq!(received.unwrap_err().kind(), Timeout, "{limits:?}");
    }
}

/// A streamed body beyond the limit is refused if it declares its length, and otherwise ends with an error.
pub async fn a_streamed_response_keeps_the_body_limit<S: Subject>() {
    let chunks =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    for reply in [HELLO, chunks] {
        for (limit, is_accepted) in [(4, false), (5, true)] {
            let origin = Origin::replying(reply);
            let body = Pieces::declaring_seven(&["the end"]);
            let received =
                streamed::<S>(&origin, ExchangeLimits::default().body(limit), body).await;
            let received = received.map_err(|error| error.kind());
            let expected = is_accepted.then(|| b"hello".to_vec()).ok_or(Protocol);
            assert_eq!(received, expected, "{reply}");
        }
    }
}
