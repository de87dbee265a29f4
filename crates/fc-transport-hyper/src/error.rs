//! Converts errors of hyper to transport errors.

use std::error::Error;
use std::io;

use fc_transport::{TimeLimit, TransportError, TransportErrorKind, untrusted_certificate};
use hyper_util::client::legacy;

use crate::payload::PayloadError;

/// Converts an error before the head of the response.
pub(crate) fn from_request_error(error: legacy::Error) -> TransportError {
    if let Some(untrusted) = untrusted_certificate(&error) {
        return untrusted.because(error);
    }
    if error.is_connect() && chain(&error).any(is_connect_timeout) {
        return TransportError::timeout(TimeLimit::Connect).because(error);
    }
    let (kind, detail) = if error.is_connect() {
        classify_connect(&error)
    } else {
        classify_exchange(&error)
    };
    TransportError::new(kind, detail).because(error)
}

/// Converts an error in the body of the response.
pub(crate) fn from_body_error(error: hyper::Error) -> TransportError {
    let (kind, detail) = classify_exchange(&error);
    TransportError::new(kind, detail).because(error)
}

/// For example after TCP keepalive probes without an answer.
const GIVEN_UP: &str =
    "the operating system gave up the connection, because the peer did not answer";

pub(crate) fn too_large() -> TransportError {
    TransportError::new(
        TransportErrorKind::Protocol,
        "the response body exceeds the body limit of the transport",
    )
}

pub(crate) fn request(detail: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Request, detail)
}

fn classify_connect(error: &legacy::Error) -> (TransportErrorKind, &'static str) {
    // The connector reports these only in the text of its error.
    let has = |start| chain(error).any(|source| source.to_string().starts_with(start));
    if has("invalid URL, scheme is not http") {
        let detail = "https needs TLS: give the transport a connector with TLS, such as the one of hyper-rustls";
        return (TransportErrorKind::Request, detail);
    }
    if has("invalid URL") {
        let detail = "the connector does not support this scheme or host";
        return (TransportErrorKind::Request, detail);
    }
    (TransportErrorKind::Connect, "no connection was made")
}

/// Classifies by the innermost error that is known.
fn classify_exchange(error: &(dyn Error + 'static)) -> (TransportErrorKind, &'static str) {
    let mut found = (TransportErrorKind::Other, "the exchange failed");
    for error in chain(error) {
        if error.is::<PayloadError>() {
            return (
                TransportErrorKind::Request,
                "the body of the request cannot be sent",
            );
        }
        // A request that was handed to a connection but never started. This is usual for a kept connection that the
        // server closes at that moment.
        if error.downcast_ref().is_some_and(hyper::Error::is_canceled) {
            return (
                TransportErrorKind::Connect,
                "the connection was closed before the request was sent",
            );
        }
        let known = error
            .downcast_ref()
            .and_then(classify_hyper)
            .or_else(|| error.downcast_ref().map(classify_io));
        found = known.unwrap_or(found);
    }
    found
}

fn classify_hyper(error: &hyper::Error) -> Option<(TransportErrorKind, &'static str)> {
    // hyper reports this only in the text of its error.
    if error.is_parse() && error.to_string().contains("too large") {
        Some((
            TransportErrorKind::Protocol,
            "the response has too many headers, or its head is too large",
        ))
    } else if error.is_parse() {
        Some((
            TransportErrorKind::Protocol,
            "the response is not valid HTTP",
        ))
    } else if error.is_timeout() {
        Some((TransportErrorKind::Timeout, "the connection timed out"))
    } else if error.is_user() {
        None
    } else {
        Some((TransportErrorKind::Interrupted, "the connection was lost"))
    }
}

fn classify_io(error: &io::Error) -> (TransportErrorKind, &'static str) {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => (
            TransportErrorKind::Protocol,
            "the response body is malformed",
        ),
        io::ErrorKind::TimedOut => (TransportErrorKind::Timeout, GIVEN_UP),
        _ => (TransportErrorKind::Interrupted, "the connection was lost"),
    }
}

/// Whether this is the connect timeout of the connector, and not a connection that the operating system gave up.
fn is_connect_timeout(error: &(dyn Error + 'static)) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| {
        error.kind() == io::ErrorKind::TimedOut && error.raw_os_error().is_none()
    })
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
