//! The canonical request and the string to sign of ACS3: the one place that writes them.

use http::header::{AUTHORIZATION, HOST};
use http::{HeaderMap, HeaderName};
use sha2::{Digest as _, Sha256};

use super::canonical_query::CanonicalQuery;
use super::coverage::Coverage;
use crate::sink::Sink;
use crate::sorted_headers::SortedHeaders;
use crate::{SignError, header_value};

pub(super) const ALGORITHM: &str = "ACS3-HMAC-SHA256";
pub(super) static DATE: HeaderName = HeaderName::from_static("x-acs-date");
pub(super) static NONCE: HeaderName = HeaderName::from_static("x-acs-signature-nonce");
pub(super) static CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");
pub(super) static SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");

/// The checked parts of the canonical request.
pub(super) struct CanonicalRequest<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: CanonicalQuery<'a>,
    pub(super) headers: SortedHeaders<'a>,
    pub(super) payload_hash: &'a [u8],
}

impl CanonicalRequest<'_> {
    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.write(self.method.as_bytes());
        sink.write(b"\n");
        sink.write(self.path.as_bytes());
        sink.write(b"\n");
        self.query.write(sink);
        sink.write(b"\n");
        for (name, value) in self.headers.as_slice() {
            sink.write(name.as_str().as_bytes());
            sink.write(b":");
            sink.write(value);
            sink.write(b"\n");
        }
        sink.write(b"\n");
        self.write_signed_headers(sink);
        sink.write(b"\n");
        sink.write(self.payload_hash);
    }

    /// Writes the names of the signed headers, joined by `;`.
    pub(super) fn write_signed_headers(&self, sink: &mut impl Sink) {
        for (position, (name, _)) in self.headers.as_slice().iter().enumerate() {
            if position > 0 {
                sink.write(b";");
            }
            sink.write(name.as_str().as_bytes());
        }
    }

    /// The number of bytes that [`write_signed_headers`](Self::write_signed_headers) writes.
    pub(super) fn signed_headers_len(&self) -> usize {
        let names = self.headers.as_slice();
        names
            .iter()
            .map(|(name, _)| name.as_str().len() + 1)
            .sum::<usize>()
            .saturating_sub(1)
    }

    /// Writes the algorithm and the hash of the canonical request.
    pub(super) fn write_string_to_sign(&self, sink: &mut impl Sink) {
        let mut hash = Sha256::new();
        self.write(&mut hash);
        sink.write(ALGORITHM.as_bytes());
        sink.write(b"\n");
        sink.write(&hex(hash.finalize().into()));
    }
}

/// The headers required by the scheme that the request has; signing adds the others.
pub(super) struct PresentHeaders<'a> {
    pub(super) host: bool,
    pub(super) date: bool,
    pub(super) nonce: bool,
    pub(super) content_sha256: Option<&'a [u8]>,
}

/// Appends the covered headers and returns the required ones among them.
pub(super) fn covered_headers<'a>(
    headers: &'a HeaderMap,
    coverage: Coverage,
    sorted: &mut SortedHeaders<'a>,
) -> Result<PresentHeaders<'a>, SignError> {
    let mut present = PresentHeaders {
        host: false,
        date: false,
        nonce: false,
        content_sha256: None,
    };
    for (name, value) in headers {
        if *name == AUTHORIZATION {
            return Err(SignError::AlreadySigned);
        }
        if !coverage.includes(name) {
            continue;
        }
        let value = header_value::trimmed(name, value)?;
        sorted.push(name, value);
        present.host |= *name == HOST;
        present.date |= *name == DATE;
        present.nonce |= *name == NONCE;
        if *name == CONTENT_SHA256 {
            present.content_sha256 = Some(value);
        }
    }
    Ok(present)
}

/// Lower-case hex of a SHA-256.
pub(super) fn hex(hash: [u8; 32]) -> [u8; 64] {
    const fn digit(nibble: u8) -> u8 {
        if nibble < 10 {
            b'0' + nibble
        } else {
            b'a' + nibble - 10
        }
    }
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(hash) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 0xf)]);
    }
    text
}
