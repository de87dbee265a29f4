//! From the errors of ureq to those of a transport.

use std::error::Error as StdError;
use std::io;

use fc_transport::{TransportError, TransportErrorKind};
use ureq::{Error, Timeout};

use crate::payload::PayloadError;

/// Before the head of the response; `begun` says whether a byte may have left.
pub(crate) fn of_request(error: Error, begun: bool) -> TransportError {
    let (kind, detail) = match &error {
        Error::Io(error) if payload_failed(error) => (
            TransportErrorKind::Request,
            "the body of the request cannot be sent",
        ),
        Error::Io(error) if connecting(error, begun) => {
            (TransportErrorKind::Connect, "no connection was made")
        }
        Error::HostNotFound
        | Error::ConnectionFailed
        | Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            (TransportErrorKind::Connect, "no connection was made")
        }
        // These quote the URL.
        Error::BadUri(_) | Error::RequireHttpsOnly(_) => {
            return request("the agent cannot use this URI");
        }
        Error::ConnectProxyFailed(_) => {
            return TransportError::new(TransportErrorKind::Connect, "the proxy did not connect");
        }
        Error::Http(_) | Error::InvalidProxyUrl | Error::TlsRequired => {
            (TransportErrorKind::Request, "the request cannot be sent")
        }
        other => match exchanging(other) {
            (TransportErrorKind::Other, _) if !begun => {
                (TransportErrorKind::Connect, "no connection was made")
            }
            found => found,
        },
    };
    TransportError::new(kind, detail).because(error)
}

/// In the body of the response.
pub(crate) fn of_body(error: io::Error) -> TransportError {
    let error = Error::from(error);
    let (kind, detail) = exchanging(&error);
    TransportError::new(kind, detail).because(error)
}

pub(crate) fn too_large() -> TransportError {
    TransportError::new(
        TransportErrorKind::Protocol,
        "the response body is beyond the limit",
    )
}

pub(crate) fn endless() -> TransportError {
    TransportError::new(
        TransportErrorKind::Protocol,
        "the response does not say how long it is",
    )
}

pub(crate) fn request(detail: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Request, detail)
}

fn exchanging(error: &Error) -> (TransportErrorKind, &'static str) {
    match error {
        // The body stalls when a line in it has no end within ureq's buffer.
        Error::Protocol(_) | Error::BodyStalled => {
            (TransportErrorKind::Protocol, "the response is not HTTP")
        }
        Error::LargeResponseHeader(..) => (
            TransportErrorKind::Protocol,
            "the response head is too large",
        ),
        Error::Timeout(_) => (
            TransportErrorKind::Timeout,
            "the exchange took too long or stalled",
        ),
        Error::Io(error) => match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => (
                TransportErrorKind::Protocol,
                "the response contradicts itself",
            ),
            io::ErrorKind::TimedOut => (TransportErrorKind::Timeout, "the connection timed out"),
            _ => (TransportErrorKind::Interrupted, "the connection was lost"),
        },
        _ => (TransportErrorKind::Other, "the exchange failed"),
    }
}

/// Whether the error can only come from making the connection.
fn connecting(error: &io::Error, begun: bool) -> bool {
    let lost = matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
    );
    error.kind() == io::ErrorKind::ConnectionRefused
        || (!begun && !lost)
        // The resolver of the standard library has no kind for a name that is not there.
        || error.to_string().starts_with("failed to lookup address")
}

fn payload_failed(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn StdError + Send + Sync>::is::<PayloadError>)
}
