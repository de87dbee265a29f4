//! The memory of the header values that signing adds.

use crate::sink::Sink;
use crate::{access_key_id, timestamp};

pub(super) const SCHEME: &[u8] = b"FC ";
/// The length of 32 bytes in padded base64.
pub(super) const SIGNATURE_LEN: usize = 44;

/// `Date` and `Authorization`, the latter with the longest id.
const CAPACITY: usize =
    timestamp::HTTP_DATE_LEN + SCHEME.len() + access_key_id::MAX_LEN + 1 + SIGNATURE_LEN;

/// The values one after the other, so that they share one allocation.
pub(super) struct AddedValues {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl AddedValues {
    pub(super) fn new() -> Self {
        Self {
            bytes: [0; CAPACITY],
            len: 0,
        }
    }
}

impl Sink for AddedValues {
    fn write(&mut self, piece: &[u8]) {
        let end = self.len + piece.len();
        let place = self.bytes.get_mut(self.len..end);
        debug_assert!(
            place.is_some(),
            "the capacity is that of the longest values"
        );
        if let Some(place) = place {
            place.copy_from_slice(piece);
            self.len = end;
        }
    }
}

impl AsRef<[u8]> for AddedValues {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_values_fill_the_memory() {
        let id = "A".repeat(256);
        let signature = "kf3iwDRgk1nPJvIcvdLN+T6MoiwPyhXxpYPPyD4JRx0=";
        let pieces = ["Wed, 11 May 2022 09:00:00 GMT", "FC ", &id, ":", signature];
        let mut values = AddedValues::new();
        for piece in pieces {
            values.write(piece.as_bytes());
        }
        assert_eq!(values.as_ref(), pieces.concat().as_bytes());
        assert_eq!(values.len, CAPACITY);
    }
}
