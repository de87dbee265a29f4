//! The error of the request reader.

use std::fmt;

/// The error for bytes that are not an HTTP/1.1 request. The reader cannot continue on that connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestError {
    /// The first byte starts a TLS handshake.
    Tls,
    /// The TLS handshake failed.
    TlsHandshake(TlsFailure),
    /// The head does not follow the grammar of HTTP/1.1.
    Head,
    /// The head is longer than this many bytes.
    HeadTooLong(usize),
    /// `Transfer-Encoding` is not exactly `chunked`.
    TransferEncoding,
    /// `Content-Length` is not one number.
    ContentLength,
    /// Both `Content-Length` and `Transfer-Encoding` are present.
    BothLengths,
    /// The body is longer than this many bytes.
    BodyTooLong(usize),
    /// A chunk does not start with its size.
    ChunkSize,
    /// A chunk has more data than its size.
    ChunkEnd,
    /// The trailers after the last chunk are not header lines.
    Trailer,
    /// The head did not arrive in time.
    SlowHead,
    /// The body did not arrive in time.
    SlowBody,
    /// The client closed the connection within the head.
    CutHead,
    /// The client closed the connection within a body with a `Content-Length`.
    CutBody {
        /// The number of bytes of the body that arrived.
        received: usize,
        /// The `Content-Length`.
        length: usize,
    },
    /// The client closed the connection within a chunked body.
    CutChunks,
}

/// Why a TLS handshake failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFailure {
    /// The first byte does not start a handshake.
    PlainHttp,
    /// The client does not accept the certificate.
    UntrustedCertificate,
    /// Anything else.
    Broken,
}

impl fmt::Display for TlsFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PlainHttp => "the client sent plain HTTP to a TLS endpoint: use https://",
            Self::UntrustedCertificate => {
                "the client does not trust the certificate: give it the CA file, which is new for each run"
            }
            Self::Broken => "the TLS handshake failed or was not completed in time",
        })
    }
}

impl RequestError {
    /// Whether the connection ended before the request did.
    pub fn is_cut(self) -> bool {
        matches!(self, Self::CutHead | Self::CutBody { .. } | Self::CutChunks)
    }

    /// Whether the client can read an HTTP response: a client that starts a TLS handshake cannot.
    pub fn can_be_answered(self) -> bool {
        !matches!(self, Self::Tls | Self::TlsHandshake(_))
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tls => f.write_str(
                "the client started a TLS handshake on a plain HTTP endpoint: use http://, \
                 which some SDKs call protocol=\"http\"",
            ),
            Self::TlsHandshake(failure) => failure.fmt(f),
            Self::Head => f.write_str("its head is not an HTTP/1.1 request head"),
            Self::HeadTooLong(most) => {
                write!(f, "its head is longer than {} KiB", most / 1024)
            }
            Self::TransferEncoding => {
                f.write_str("expected Transfer-Encoding: chunked, found another value")
            }
            Self::ContentLength => f.write_str("its Content-Length is not one number"),
            Self::BothLengths => f.write_str("it has both Content-Length and Transfer-Encoding"),
            Self::BodyTooLong(most) => {
                write!(f, "its body is longer than {} MiB", most / (1024 * 1024))
            }
            Self::ChunkSize => f.write_str("a chunk does not start with its size"),
            Self::ChunkEnd => f.write_str("a chunk is longer than its size"),
            Self::Trailer => f.write_str("the lines after the last chunk are not header lines"),
            Self::SlowHead => f.write_str("its head did not arrive in time"),
            Self::SlowBody => f.write_str("its body did not arrive in time"),
            Self::CutHead => f.write_str(
                "it ends within its head: the client closed the connection before the empty line",
            ),
            Self::CutBody { received, length } => write!(
                f,
                "it ends within its body: the client closed the connection after {received} of \
                 {length} bytes"
            ),
            Self::CutChunks => f.write_str(
                "it ends within its body: the client closed the connection before the last chunk",
            ),
        }
    }
}

impl std::error::Error for RequestError {}
