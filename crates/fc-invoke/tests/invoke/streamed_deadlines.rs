//! Deadlines of streamed invocations, on the same clock.

use std::error::Error;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fc_invoke::{DeadlinePhase, InvokeError, StreamingPayload};
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport, StreamingTransport, TransportError,
};
use http::{Request, Response};
use http_body::Body;

use crate::deadlines::{SECOND, Scripted, Step, blocking, client, phase};
use crate::observers::Records;
use crate::samples::builder;
use crate::streaming_transports::{Piece, Pieces, Reader, reader};

impl StreamingTransport for Scripted {
    type ResponseBody = Pieces;

    async fn stream<B>(&self, _: Request<B>) -> Result<Response<Pieces>, TransportError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let Some(result) = self.exchange(Duration::MAX) else {
            return std::future::pending().await;
        };
        // The head arrives, and the body never ends.
        Ok(result?.map(|_| Pieces::of([Piece::Stalled])))
    }
}

impl BlockingStreamingTransport for Scripted {
    type ResponseBody = Reader;

    fn stream<R: Read + Send + 'static>(
        &self,
        request: Request<R>,
        _: u64,
    ) -> Result<Response<Reader>, TransportError> {
        let response = BlockingTransport::send(self, request.map(|_| Bytes::new()))?;
        Ok(response.map(|_| reader("")))
    }
}

/// Streams through both clients; returns the errors, and what an observer received.
async fn stream_errors(world: impl Fn() -> Scripted) -> [(InvokeError, Vec<String>); 2] {
    let records = [Arc::new(Records::default()), Arc::new(Records::default())];
    let input = builder().build().unwrap();
    let client = client(&world()).observer(records[0].clone());
    let payload = StreamingPayload::new(Pieces::of(["event"]));
    let asynchronous = client.invoke_streaming(&input, payload).await.map(drop);
    let client = blocking(&world()).observer(records[1].clone());
    let payload = StreamingPayload::new(reader("event"));
    let blocking = client.invoke_streaming(&input, payload, 5).map(drop);
    [
        (asynchronous.unwrap_err(), records[0].lines()),
        (blocking.unwrap_err(), records[1].lines()),
    ]
}

#[tokio::test]
async fn a_stream_without_a_response_ends_at_the_deadline() {
    for (error, records) in stream_errors(|| Scripted::of([Step::Stalled])).await {
        assert_eq!(phase(&error), DeadlinePhase::Attempt);
        assert_eq!(
            error.to_string(),
            "deadline: the time ran out during attempt 1"
        );
        assert!(error.may_have_run() && !error.is_retryable());
        assert_eq!(records, ["attempt 1: timeout", "deadline after 1:"]);
    }
}

#[tokio::test]
async fn the_failure_of_a_stream_before_the_deadline_is_that_of_the_transport() {
    let world = || Scripted::of([Step::TimedOut(9 * SECOND)]);
    for (error, records) in stream_errors(world).await {
        assert_eq!(error.to_string(), "transport: timeout: slow");
        assert_eq!(
            records,
            ["attempt 1: timeout", "transport after 1: timeout"]
        );
    }
}

#[tokio::test]
async fn a_stream_is_not_sent_after_its_credentials_took_too_long() {
    let world = || Scripted::of([]).loading(11 * SECOND);
    for (error, records) in stream_errors(world).await {
        assert_eq!(phase(&error), DeadlinePhase::Credentials);
        assert!(!error.may_have_run() && error.is_retryable());
        assert_eq!(records, ["deadline after 0:"]);
    }
}

#[tokio::test]
async fn the_body_of_a_streamed_refusal_ends_at_the_deadline() {
    let world = Scripted::of([Step::Status(429, SECOND)]);
    let input = builder().build().unwrap();
    let payload = StreamingPayload::new(Pieces::of(["event"]));
    let outcome = client(&world).invoke_streaming(&input, payload).await;
    let error = outcome.unwrap_err();
    assert_eq!(phase(&error), DeadlinePhase::Attempt);
    assert!(error.may_have_run());
}
