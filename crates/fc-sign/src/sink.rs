//! Where a signed text goes: into a MAC, into a hash, or into memory to be looked at.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// Takes a text piece by piece.
pub(crate) trait Sink {
    /// Appends `piece`.
    fn write(&mut self, piece: &[u8]);
}

impl Sink for Hmac<Sha256> {
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

/// What `write` appends, as text. Every piece is UTF-8; a broken one would show as U+FFFD.
pub(crate) fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes);
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
