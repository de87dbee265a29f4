//! The adapter for ureq.

use std::io::{self, Read};

use bytes::Bytes;
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport as _, ExchangeLimits, TransportError,
};
use fc_transport_ureq::{UreqTransport, config};
use http::{Request, Response};

use super::subject::{Engine, Incoming, Streaming, Subject};
use super::upload::Upload;

pub(crate) struct Ureq(UreqTransport);

impl Subject for Ureq {
    const NAME: &'static str = "ureq";
    const ENGINE: Engine = Engine::Ureq;

    fn new(limits: ExchangeLimits) -> Self {
        let agent = config().build().new_agent();
        Self(UreqTransport::new(agent).limits(limits))
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.0.send(request)
    }
}

impl Streaming for Ureq {
    fn stream(
        &self,
        request: Request<Upload>,
    ) -> Result<Response<Box<dyn Incoming>>, TransportError> {
        let length = request.body().length();
        let response = BlockingStreamingTransport::stream(&self.0, request, length)?;
        Ok(response.map(|body| Box::new(Reads(body)) as Box<dyn Incoming>))
    }
}

struct Reads<R>(R);

impl<R: Read + Send> Incoming for Reads<R> {
    fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        let mut buffer = [0; 16 * 1024];
        match self.0.read(&mut buffer) {
            Ok(0) => None,
            Ok(count) => Some(Ok(Bytes::copy_from_slice(&buffer[..count]))),
            Err(error) => Some(Err(of_transport(error))),
        }
    }
}

fn of_transport(error: io::Error) -> TransportError {
    let shown = format!("{error:?}");
    let inner = error.into_inner().and_then(|inner| inner.downcast().ok());
    *inner.unwrap_or_else(|| panic!("expected a TransportError inside, got {shown}"))
}
