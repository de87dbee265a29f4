//! Converts errors of ureq to transport errors.

use std::error::Error as StdError;
use std::io;

use fc_transport::{TransportError, TransportErrorKind, untrusted_certificate};
use ureq::Error;

use crate::payload::PayloadError;
use crate::time_limits::TimeLimits;

/// Converts an error before the head of the response; `begun` shows whether a byte may have been sent.
pub(crate) fn from_request_error(error: Error, begun: bool, limits: TimeLimits) -> TransportError {
    if let Error::Timeout(timeout) = error {
        return TransportError::timeout(limits.reached(timeout)).because(error);
    }
    if let Some(untrusted) = untrusted_certificate(&error) {
        return untrusted.because(error);
    }
    let (kind, detail) = match &error {
        Error::Io(error) if payload_failed(error) => (
            TransportErrorKind::Request,
            "the body of the request cannot be sent",
        ),
        Error::Io(error) if is_connect_error(error, begun) => {
            (TransportErrorKind::Connect, "no connection was made")
        }
        // ureq makes the TLS connection when the first byte is written.
        Error::Io(error) if is_tls_refusal(error) => (
            TransportErrorKind::Connect,
            "no TLS connection was made: the server and the client have no protocol version in common",
        ),
        Error::HostNotFound | Error::ConnectionFailed => {
            (TransportErrorKind::Connect, "no connection was made")
        }
        // The messages of these errors contain the URL, so they are not kept as the source.
        Error::BadUri(_) | Error::RequireHttpsOnly(_) => {
            return request("the agent does not support this URI");
        }
        Error::ConnectProxyFailed(_) => {
            return TransportError::new(TransportErrorKind::Connect, "the proxy could not connect");
        }
        Error::TlsRequired => (
            TransportErrorKind::Request,
            "https needs TLS: enable the feature `rustls` of ureq",
        ),
        Error::Http(_) | Error::InvalidProxyUrl => {
            (TransportErrorKind::Request, "the request cannot be sent")
        }
        other => match classify_exchange(other) {
            (TransportErrorKind::Other, _) if !begun => {
                (TransportErrorKind::Connect, "no connection was made")
            }
            found => found,
        },
    };
    TransportError::new(kind, detail).because(error)
}

/// Converts an error in the body of the response.
pub(crate) fn from_body_error(error: io::Error, limits: TimeLimits) -> TransportError {
    let error = Error::from(error);
    if let Error::Timeout(timeout) = error {
        return TransportError::timeout(limits.reached(timeout)).because(error);
    }
    let (kind, detail) = classify_exchange(&error);
    TransportError::new(kind, detail).because(error)
}

/// The messages of rustls about a handshake that cannot succeed.
const TLS_REFUSALS: [&str; 3] = [
    "peer is incompatible",
    "received fatal alert: ProtocolVersion",
    "received fatal alert: HandshakeFailure",
];

/// For example after many segments without an answer.
const GIVEN_UP: &str =
    "the operating system gave up the connection, because the peer did not answer";

pub(crate) fn too_large() -> TransportError {
    TransportError::new(
        TransportErrorKind::Protocol,
        "the response body exceeds the body limit of the transport",
    )
}

pub(crate) fn unknown_length() -> TransportError {
    TransportError::new(
        TransportErrorKind::Protocol,
        "the response has neither a Content-Length nor a chunked body",
    )
}

pub(crate) fn request(detail: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Request, detail)
}

fn classify_exchange(error: &Error) -> (TransportErrorKind, &'static str) {
    match error {
        // `BodyStalled`: a line of a chunked body is longer than the buffer of ureq.
        Error::Protocol(error) if error.to_string().ends_with("too many headers") => (
            TransportErrorKind::Protocol,
            "the response has more than 128 headers",
        ),
        Error::Protocol(_) | Error::BodyStalled => (
            TransportErrorKind::Protocol,
            "the response is not valid HTTP",
        ),
        Error::LargeResponseHeader(..) => (
            TransportErrorKind::Protocol,
            "the response head is too large",
        ),
        Error::Io(error) => match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => (
                TransportErrorKind::Protocol,
                "the response body is malformed",
            ),
            io::ErrorKind::TimedOut => (TransportErrorKind::Timeout, GIVEN_UP),
            _ => (TransportErrorKind::Interrupted, "the connection was lost"),
        },
        _ => (TransportErrorKind::Other, "the exchange failed"),
    }
}

/// Whether the error happened before the connection was made.
fn is_connect_error(error: &io::Error, begun: bool) -> bool {
    let lost = matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
    );
    error.kind() == io::ErrorKind::ConnectionRefused
        || (!begun && !lost)
        // The resolver of the standard library has no error kind for an unknown name.
        || error.to_string().starts_with("failed to lookup address")
}

/// Whether the peer and rustls found no protocol version or cipher suite in common. This crate does not depend on rustls, so
/// it reads the text.
fn is_tls_refusal(error: &io::Error) -> bool {
    let text = error.to_string();
    let mut refusals = TLS_REFUSALS.iter();
    refusals.any(|refusal| text.contains(refusal))
}

fn payload_failed(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn StdError + Send + Sync>::is::<PayloadError>)
}
