//! The canonical request and the string to sign, piece by piece.

use http::header::{AUTHORIZATION, HOST};
use http::{HeaderMap, HeaderName};
use sha2::{Digest as _, Sha256};

use super::coverage::Coverage;
use super::query::Query;
use crate::sink::Sink;
use crate::sorted_headers::SortedHeaders;
use crate::{SignError, header_value};

pub(super) const ALGORITHM: &str = "ACS3-HMAC-SHA256";
pub(super) static DATE: HeaderName = HeaderName::from_static("x-acs-date");
pub(super) static NONCE: HeaderName = HeaderName::from_static("x-acs-signature-nonce");
pub(super) static CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");
pub(super) static SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");

/// The pieces of the canonical request, checked: writing them cannot fail.
pub(super) struct Canonical<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: Query<'a>,
    pub(super) headers: SortedHeaders<'a>,
    pub(super) payload_hash: &'a [u8],
}

impl Canonical<'_> {
    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.write(self.method.as_bytes());
        sink.write(b"\n");
        sink.write(if self.path.is_empty() {
            b"/"
        } else {
            self.path.as_bytes()
        });
        sink.write(b"\n");
        self.query.write(sink);
        sink.write(b"\n");
        for (name, value) in self.headers.as_slice() {
            sink.write(name.as_bytes());
            sink.write(b":");
            sink.write(value);
            sink.write(b"\n");
        }
        sink.write(b"\n");
        self.write_names(sink);
        sink.write(b"\n");
        sink.write(self.payload_hash);
    }

    pub(super) fn write_names(&self, sink: &mut impl Sink) {
        for (position, (name, _)) in self.headers.as_slice().iter().enumerate() {
            if position > 0 {
                sink.write(b";");
            }
            sink.write(name.as_bytes());
        }
    }

    /// How many bytes [`write_names`](Self::write_names) writes.
    pub(super) fn names_len(&self) -> usize {
        let names = self.headers.as_slice();
        names
            .iter()
            .map(|(name, _)| name.len() + 1)
            .sum::<usize>()
            .saturating_sub(1)
    }

    /// The algorithm and the hash of the canonical request.
    pub(super) fn write_string_to_sign(&self, sink: &mut impl Sink) {
        let mut hash = Sha256::new();
        self.write(&mut hash);
        sink.write(ALGORITHM.as_bytes());
        sink.write(b"\n");
        sink.write(&hex(hash.finalize().into()));
    }
}

/// What the caller set of the headers that the scheme needs; the signing adds the others.
pub(super) struct Given<'a> {
    pub(super) host: bool,
    pub(super) date: bool,
    pub(super) nonce: bool,
    pub(super) content_sha256: Option<&'a [u8]>,
}

/// Puts the covered headers in their order and says which of the needed ones were among them.
pub(super) fn read<'a>(
    headers: &'a HeaderMap,
    coverage: Coverage,
    sorted: &mut SortedHeaders<'a>,
) -> Result<Given<'a>, SignError> {
    let mut given = Given {
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
        sorted.insert(name, value)?;
        given.host |= *name == HOST;
        given.date |= *name == DATE;
        given.nonce |= *name == NONCE;
        if *name == CONTENT_SHA256 {
            given.content_sha256 = Some(value);
        }
    }
    Ok(given)
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
