//! From the errors of reqwest to those of a transport.

use std::error::Error;
use std::io;

use fc_transport::{TransportError, TransportErrorKind};

use crate::payload::PayloadError;

/// Whatever reqwest says, without the URL that it says it with.
pub(crate) fn of(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let (kind, detail) = if error.is_builder() {
        (TransportErrorKind::Request, "the request cannot be sent")
    } else if error.is_redirect() {
        (TransportErrorKind::Other, "the client follows redirects")
    } else if error.is_connect() {
        connecting(&error)
    } else {
        exchanging(&error)
    };
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

pub(crate) fn redirected() -> TransportError {
    TransportError::new(
        TransportErrorKind::Other,
        "the client has followed a redirect",
    )
}

fn connecting(error: &reqwest::Error) -> (TransportErrorKind, &'static str) {
    // The connector refuses a scheme or a host that it cannot use in no other way than by its text.
    let refused = chain(error).any(|source| source.to_string().starts_with("invalid URL"));
    if refused {
        let detail = "the client cannot use this scheme or host";
        return (TransportErrorKind::Request, detail);
    }
    (TransportErrorKind::Connect, "no connection was made")
}

/// By the innermost error that says something.
fn exchanging(error: &reqwest::Error) -> (TransportErrorKind, &'static str) {
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
    if error.is_timeout() {
        return (TransportErrorKind::Timeout, "a limit of the client passed");
    }
    found
}

fn of_hyper(error: &hyper::Error) -> Option<(TransportErrorKind, &'static str)> {
    if error.is_parse() {
        Some((TransportErrorKind::Protocol, "the response is not HTTP"))
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
        _ => (TransportErrorKind::Interrupted, "the connection was lost"),
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
