//! Bodies that arrive while they are used.

use std::error::Error;
use std::future::Future;
use std::io::Read;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;

use crate::TransportError;

/// A transport that also sends and hands over bodies as streams.
///
/// A request's body must know its length: `size_hint().exact()` is the `Content-Length`, and a body that
/// does not end there is an error. A streamed request is sent once and never repeated.
pub trait StreamingTransport: crate::Transport {
    /// The body of a response, still on the wire. Its errors are those of the transport; dropping it
    /// closes the connection. The body limit does not hold for it: the caller reads as much as it wants.
    type ResponseBody: Body<Data = Bytes, Error = TransportError> + Send + Unpin;

    /// Sends the request once and gives the response when its head is there.
    fn stream<B>(
        &self,
        request: Request<B>,
    ) -> impl Future<Output = Result<Response<Self::ResponseBody>, TransportError>> + Send
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>;
}

/// The same for a blocking transport: bodies are readers.
pub trait BlockingStreamingTransport: crate::BlockingTransport {
    /// The body of a response, still on the wire. An error of the transport comes as an
    /// [`io::Error`](std::io::Error) that has it as its source.
    type ResponseBody: Read + Send;

    /// Sends the request once, with `length` bytes of its body as `Content-Length`, and gives the response
    /// when its head is there.
    ///
    /// # Errors
    ///
    /// When there is no response head, or the reader ends before or behind `length`.
    fn stream<R: Read + Send + 'static>(
        &self,
        request: Request<R>,
        length: u64,
    ) -> Result<Response<Self::ResponseBody>, TransportError>;
}
