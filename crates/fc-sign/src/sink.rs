//! The destinations of a signed text: an HMAC, a hash, or memory for `explain`.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// A destination that receives a text piece by piece.
pub(crate) trait Sink {
    /// Appends `piece`.
    fn write(&mut self, piece: &[u8]);
}

impl Sink for Hmac<Sha256> {
    fn write(&mut self, piece: &[u8]) {
        self.update(piece);
    }
}

#[cfg(feature = "acs")]
impl Sink for Hmac<sha1::Sha1> {
    fn write(&mut self, piece: &[u8]) {
        self.update(piece);
    }
}

impl Sink for Sha256 {
    fn write(&mut self, piece: &[u8]) {
        self.update(piece);
    }
}

impl Sink for Vec<u8> {
    fn write(&mut self, piece: &[u8]) {
        self.extend_from_slice(piece);
    }
}

/// The text that `write` appends. Every piece is UTF-8, so no character is replaced.
pub(crate) fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes);
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
