//! The adapter for hyper-util.

use bytes::Bytes;
use fc_transport::{ExchangeLimits, TransportError};
use fc_transport_hyper::HyperTransport;
use http::{Request, Response};
use hyper_util::client::legacy::connect::HttpConnector;

use super::asynchronous;
use super::subject::{Cancelling, Engine, Incoming, Streaming, Subject};
use super::upload::Upload;

pub(crate) struct Hyper(HyperTransport<HttpConnector>);

impl Subject for Hyper {
    const NAME: &'static str = "hyper";
    const ENGINE: Engine = Engine::Hyper;

    fn new(limits: ExchangeLimits) -> Self {
        let _runtime = asynchronous::runtime().enter();
        Self(HyperTransport::http().limits(limits))
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        asynchronous::send(&self.0, request)
    }
}

impl Streaming for Hyper {
    fn stream(
        &self,
        request: Request<Upload>,
    ) -> Result<Response<Box<dyn Incoming>>, TransportError> {
        asynchronous::stream(&self.0, request)
    }
}

impl Cancelling for Hyper {
    fn abandon(&self, request: Request<Bytes>, moment: impl FnOnce()) {
        asynchronous::abandon(&self.0, request, moment);
    }
}
