//! From the errors of hyper to those of a transport.

use std::error::Error;
use std::io;

use fc_transport::{TransportError, TransportErrorKind};
use hyper_util::client::legacy;

use crate::payload::PayloadError;

/// Before the head of the response.
pub(crate) fn of_request(error: legacy::Error) -> TransportError {
    let (kind, detail) = if error.is_connect() {
        connecting(&error)
    } else {
        exchanging(&error)
    };
    TransportError::new(kind, detail).because(error)
}

/// In the body of the response.
pub(crate) fn of_body(error: hyper::Error) -> TransportError {
    let (kind, detail) = exchanging(&error);
    TransportError::new(kind, detail).because(error)
}

pub(crate) fn timeout(detail: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, detail)
}

pub(crate) fn too_large() -> TransportError {
    TransportError::new(
        TransportErrorKind::Protocol,
        "the response body is beyond the limit",
    )
}

pub(crate) fn request(detail: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Request, detail)
}

fn connecting(error: &legacy::Error) -> (TransportErrorKind, &'static str) {
    // The connector refuses a scheme or a host that it cannot use in no other way than by its text.
    let refused = chain(error).any(|source| source.to_string().starts_with("invalid URL"));
    if refused {
        let detail = "the connector cannot use this scheme or host";
        return (TransportErrorKind::Request, detail);
    }
    (TransportErrorKind::Connect, "no connection was made")
}

/// By the innermost error that says something.
fn exchanging(error: &(dyn Error + 'static)) -> (TransportErrorKind, &'static str) {
    let mut found = (TransportErrorKind::Other, "the exchange failed");
    for error in chain(error) {
        if error.is::<PayloadError>() {
            return (
                TransportErrorKind::Request,
                "the body of the request cannot be sent",
            );
        }
        let told = error
            .downcast_ref()
            .and_then(of_hyper)
            .or_else(|| error.downcast_ref().map(of_io));
        found = told.unwrap_or(found);
    }
    found
}

fn of_hyper(error: &hyper::Error) -> Option<(TransportErrorKind, &'static str)> {
    if error.is_parse() {
        Some((TransportErrorKind::Protocol, "the response is not HTTP"))
    } else if error.is_timeout() {
        Some((TransportErrorKind::Timeout, "the connection timed out"))
    } else if error.is_user() {
        None
    } else {
        Some((TransportErrorKind::Interrupted, "the connection was lost"))
    }
}

fn of_io(error: &io::Error) -> (TransportErrorKind, &'static str) {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => (
            TransportErrorKind::Protocol,
            "the response contradicts itself",
        ),
        io::ErrorKind::TimedOut => (TransportErrorKind::Timeout, "the connection timed out"),
        _ => (TransportErrorKind::Interrupted, "the connection was lost"),
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
