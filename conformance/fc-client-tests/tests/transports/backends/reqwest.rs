//! The adapter for reqwest.

use bytes::Bytes;
use fc_transport::{ExchangeLimits, TransportError};
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use http::{Request, Response};

use super::asynchronous;
use super::subject::{Cancelling, Engine, Incoming, Streaming, Subject};
use super::upload::Upload;

pub(crate) struct Reqwest(ReqwestTransport);

impl Subject for Reqwest {
    const NAME: &'static str = "reqwest";
    const ENGINE: Engine = Engine::Hyper;

    fn new(limits: ExchangeLimits) -> Self {
        let transport = ReqwestTransport::new(client_builder).expect("a client");
        Self(transport.limits(limits))
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        asynchronous::send(&self.0, request)
    }
}

impl Streaming for Reqwest {
    fn stream(
        &self,
        request: Request<Upload>,
    ) -> Result<Response<Box<dyn Incoming>>, TransportError> {
        asynchronous::stream(&self.0, request)
    }
}

impl Cancelling for Reqwest {
    fn abandon(&self, request: Request<Bytes>, moment: impl FnOnce()) {
        asynchronous::abandon(&self.0, request, moment);
    }
}
