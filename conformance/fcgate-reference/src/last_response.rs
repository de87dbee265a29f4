//! A transport that keeps the response of the last finished attempt.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{Transport, TransportError};
use http::{Request, Response};

/// The response of the last attempt; none while an attempt is in progress.
#[derive(Clone, Default)]
pub(super) struct LastResponse(Arc<Mutex<Option<Response<Bytes>>>>);

impl LastResponse {
    /// Returns the response, if the time limit ended the wait before another attempt.
    pub(super) fn take(&self) -> Option<Response<Bytes>> {
        self.replace(None)
    }

    fn replace(&self, response: Option<Response<Bytes>>) -> Option<Response<Bytes>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *last, response)
    }
}

/// A transport that keeps the response of each attempt.
pub(super) struct KeepsLastResponse<T> {
    transport: T,
    last: LastResponse,
}

impl<T> KeepsLastResponse<T> {
    pub(super) fn new(transport: T, last: &LastResponse) -> Self {
        Self {
            transport,
            last: last.clone(),
        }
    }
}

impl<T: Transport> Transport for KeepsLastResponse<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.last.replace(None);
        let response = self.transport.send(request).await?;
        self.last.replace(Some(response.clone()));
        Ok(response)
    }

    async fn sleep(&self, duration: Duration) {
        self.transport.sleep(duration).await;
    }
}
