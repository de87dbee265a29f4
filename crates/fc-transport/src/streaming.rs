//! Transports whose bodies are streams.

use std::error::Error;
use std::future::Future;
use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;

use crate::TransportError;

/// A transport that also sends and returns bodies as streams.
///
/// The body of a request must know its length: `size_hint().exact()` is the `Content-Length`, and a body of another
/// length is an error. A streamed request is sent once and never retried.
pub trait StreamingTransport: crate::Transport {
    /// The body of a response that has not been read yet. Its errors are errors of the transport. Dropping it closes
    /// the connection. A body larger than [`ExchangeLimits::streamed_body`](crate::ExchangeLimits::streamed_body) ends with an error.
    type ResponseBody: Body<Data = Bytes, Error = TransportError> + Send + Unpin;

    /// Sends the request once and returns the response as soon as its head has been received.
    fn stream<B>(
        &self,
        request: Request<B>,
    ) -> impl Future<Output = Result<Response<Self::ResponseBody>, TransportError>> + Send
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>;
}

/// A blocking transport that also sends and returns bodies as readers.
pub trait BlockingStreamingTransport: crate::BlockingTransport {
    /// The body of a response that has not been read yet. A read error is an [`io::Error`](std::io::Error) with the
    /// [`TransportError`] inside. A body larger than [`ExchangeLimits::streamed_body`](crate::ExchangeLimits::streamed_body) ends with
    /// an error.
    type ResponseBody: Read + Send;

    /// Sends the request once, with `length` as `Content-Length`, and returns the response as soon as its head has
    /// been received.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if no response head was received, or if the reader does not return exactly `length` bytes.
    fn stream<R: Read + Send + 'static>(
        &self,
        request: Request<R>,
        length: u64,
    ) -> Result<Response<Self::ResponseBody>, TransportError>;
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<T: StreamingTransport> StreamingTransport for $pointer {
            type ResponseBody = T::ResponseBody;

            fn stream<B>(
                &self,
                request: Request<B>,
            ) -> impl Future<Output = Result<Response<Self::ResponseBody>, TransportError>> + Send
            where
                B: Body<Data = Bytes> + Send + 'static,
                B::Error: Into<Box<dyn Error + Send + Sync>>,
            {
                (**self).stream(request)
            }
        }

        impl<T: BlockingStreamingTransport> BlockingStreamingTransport for $pointer {
            type ResponseBody = T::ResponseBody;

            fn stream<R: Read + Send + 'static>(
                &self,
                request: Request<R>,
                length: u64,
            ) -> Result<Response<Self::ResponseBody>, TransportError> {
                (**self).stream(request, length)
            }
        }
    )*};
}

forward!(&T, Arc<T>);
