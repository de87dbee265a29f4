//! One request to an origin, and the error that it ends with.

use std::error::Error;

use bytes::Bytes;
use fc_transport::{ExchangeLimits, Transport as _, TransportError, TransportErrorKind};
use http::Request;

use crate::{Origin, Subject};

/// A `POST` request with a payload of seven bytes.
pub fn post(url: &str) -> Request<Bytes> {
    let request = Request::post(url);
    request.body(Bytes::from_static(b"the end")).unwrap()
}

/// Sends one request to `origin` and returns the kind of the error.
pub async fn error_kind<S: Subject>(origin: &Origin, limits: ExchangeLimits) -> TransportErrorKind {
    let transport = S::transport(limits);
    let error = transport.send(post(origin.url())).await.unwrap_err();
    assert_no_secret(&error);
    error.kind()
}

/// Checks that neither the error nor its sources show the URL.
pub fn assert_no_secret(error: &TransportError) {
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = source {
        let text = format!("{error} {error:?}");
        let shows_url = text.contains("secret") || text.contains("http:");
        assert!(!shows_url, "{text}");
        source = error.source();
    }
}
