//! Converts errors of reqwest to transport errors.

use std::error::Error;
use std::io;

use fc_transport::{TimeLimit, TransportError, TransportErrorKind, untrusted_certificate};

use crate::payload::PayloadError;

/// Converts any error of reqwest and removes its URL.
pub(crate) fn from_reqwest(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if let Some(untrusted) = untrusted_certificate(&error) {
        return untrusted.because(error);
    }
    if error.is_timeout() && !chain(&error).any(is_given_up) {
        let is_connect = error.is_connect();
        let limit = if is_connect {
            TimeLimit::Connect
        } else {
            TimeLimit::HttpClient
        };
        return TransportError::timeout(limit).because(error);
    }
    let (kind, detail) = if error.is_builder() {
        (TransportErrorKind::Request, "the request cannot be sent")
    } else if error.is_connect() {
        classify_connect(&error)
    } else {
        classify_exchange(&error)
    };
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

fn classify_connect(error: &reqwest::Error) -> (TransportErrorKind, &'static str) {
    // The connector reports these only in the text of its error.
    let has = |start| chain(error).any(|source| source.to_string().starts_with(start));
    if has("invalid URL, scheme is not http") {
        let detail = "https needs TLS: enable the feature `rustls` of reqwest";
        return (TransportErrorKind::Request, detail);
    }
    if has("invalid URL") {
        let detail = "the client does not support this scheme or host";
        return (TransportErrorKind::Request, detail);
    }
    (TransportErrorKind::Connect, "no connection was made")
}

/// Classifies by the innermost error that is known.
fn classify_exchange(error: &reqwest::Error) -> (TransportErrorKind, &'static str) {
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

/// Whether the operating system gave up the connection: no limit of the client was reached.
fn is_given_up(error: &(dyn Error + 'static)) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| {
        error.kind() == io::ErrorKind::TimedOut && error.raw_os_error().is_some()
    })
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
