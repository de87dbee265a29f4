//! Asynchronous adapters, driven from a blocking thread.

use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::OnceLock;

use bytes::Bytes;
use fc_transport::{StreamingTransport, Transport, TransportError};
use http::{Request, Response};
use http_body::Body;
use tokio::runtime::{Builder, Runtime};

use super::subject::Incoming;
use super::upload::Upload;

/// The one runtime of the process.
///
/// It has more threads than the tests with endless interim responses: hyper reads these in one poll, and if every
/// thread did that, no thread would run the timers.
pub(super) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(16)
            .enable_all()
            .build()
            .expect("a runtime")
    })
}

/// Runs a call on a thread of the runtime, as the task of a caller, to avoid two thread switches for every chunk.
fn run<F>(call: F) -> F::Output
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let end = runtime().block_on(runtime().spawn(call));
    end.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

pub(super) fn send<T>(
    transport: &T,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, TransportError>
where
    T: Transport + Clone + 'static,
{
    let transport = transport.clone();
    run(async move { transport.send(request).await })
}

pub(super) fn stream<T>(
    transport: &T,
    request: Request<Upload>,
) -> Result<Response<Box<dyn Incoming>>, TransportError>
where
    T: StreamingTransport,
    T::ResponseBody: 'static,
{
    let response = runtime().block_on(transport.stream(request))?;
    Ok(response.map(|body| Box::new(Frames(body)) as Box<dyn Incoming>))
}

pub(super) fn abandon<T>(transport: &T, request: Request<Bytes>, moment: impl FnOnce())
where
    T: Transport + Clone + 'static,
{
    let transport = transport.clone();
    let call = runtime().spawn(async move { transport.send(request).await });
    moment();
    call.abort();
    let end = runtime().block_on(call);
    assert!(
        end.is_err_and(|error| error.is_cancelled()),
        "the call ended before it was dropped"
    );
}

struct Frames<B>(B);

impl<B> Incoming for Frames<B>
where
    B: Body<Data = Bytes, Error = TransportError> + Send + Unpin,
{
    fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        loop {
            let next = poll_fn(|cx| Pin::new(&mut self.0).poll_frame(cx));
            match runtime().block_on(next)? {
                Ok(frame) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Some(Ok(bytes));
                    }
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
