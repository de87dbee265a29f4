//! The destinations of a signed text: an HMAC, a hash, or memory for `explain`.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

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

/// A text in memory, which is zeroized when it is dropped. When it grows, the memory before is zeroized too.
pub(crate) struct ZeroizedText(Zeroizing<Vec<u8>>);

/// The first capacity; most texts fit.
const CAPACITY: usize = 1024;
/// The factor of the next capacity. That of a `Vec` is 2.
const GROWTH: usize = 4;

impl Sink for ZeroizedText {
    fn write(&mut self, piece: &[u8]) {
        let length = self.0.len().saturating_add(piece.len());
        if length > self.0.capacity() {
            // A `Vec` that grows by itself leaves a copy behind.
            let capacity = length.max(self.0.capacity().saturating_mul(GROWTH));
            let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(piece);
    }
}

/// The text that `write` appends. Every piece is UTF-8, so no character is replaced.
pub(crate) fn text(write: impl FnOnce(&mut ZeroizedText)) -> Zeroizing<String> {
    let mut text = ZeroizedText(Zeroizing::new(Vec::with_capacity(CAPACITY)));
    write(&mut text);
    let text = String::from_utf8(std::mem::take(&mut *text.0));
    Zeroizing::new(
        text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY, GROWTH, Sink as _, text};

    #[test]
    fn a_text_that_grows_is_whole() {
        let piece = "0123456789abcdef";
        let count = CAPACITY / piece.len() * 5;
        let written = text(|sink| {
            for _ in 0..count {
                sink.write(piece.as_bytes());
            }
        });
        assert_eq!(*written, piece.repeat(count));
        assert_eq!(*text(|_| {}), "");
    }

    /// The capacity after the text has grown shows that the `Vec` did not grow by itself.
    #[test]
    fn a_full_text_is_moved_before_the_next_piece() {
        text(|sink| {
            sink.write(&[b'a'; CAPACITY]);
            assert_eq!(sink.0.capacity(), CAPACITY);
            sink.write(b"a");
            assert_eq!(sink.0.capacity(), CAPACITY * GROWTH);
        });
    }
}
