//! The marker, which exists in plain form only where a scenario puts it.

/// The mask of every byte.
const MASK: u8 = 0x55;

/// The number of characters of a marker. An allocator overwrites the first 16 bytes of memory that it takes back.
const LENGTH: u8 = 64;

/// The text of the marker, masked.
pub(crate) struct Marker(Vec<u8>);

impl Marker {
    /// A marker of letters and digits, which is different for each number.
    pub(crate) fn new(number: u8) -> Self {
        let letters = (0..LENGTH).map(|place| {
            let letter = (place.wrapping_mul(7).wrapping_add(number.wrapping_mul(11))) % 26;
            (b'A' + letter) ^ MASK
        });
        Self(letters.collect())
    }

    /// The marker of a text, which is read byte by byte.
    pub(crate) fn of(text: &str) -> Self {
        Self(text.bytes().map(|byte| byte ^ MASK).collect())
    }

    /// The plain text in one allocation.
    pub(crate) fn plain(&self) -> String {
        self.plain_and("")
    }

    /// The plain text with an end, in one allocation.
    pub(crate) fn plain_and(&self, end: &str) -> String {
        let mut text = String::with_capacity(self.0.len() + end.len());
        for byte in &self.0 {
            text.push(char::from(byte ^ MASK));
        }
        text + end
    }

    /// The number of places in the bytes where a piece of the marker begins.
    pub(crate) fn count_in(&self, bytes: &[u8]) -> usize {
        let pieces = [16, 32, 44].map(|start| self.0.get(start..start + 12));
        let found = pieces.into_iter().flatten().map(|piece| {
            let first = piece[0] ^ MASK;
            let starts = memchr(first, bytes);
            starts.filter(|start| is_at(piece, bytes, *start)).count()
        });
        found.sum()
    }
}

fn memchr(byte: u8, bytes: &[u8]) -> impl Iterator<Item = usize> {
    let places = bytes.iter().enumerate();
    places.filter_map(move |(place, other)| (*other == byte).then_some(place))
}

/// Compares byte by byte, because a copy of the piece would be found.
fn is_at(piece: &[u8], bytes: &[u8], start: usize) -> bool {
    let end = start + piece.len();
    bytes.get(start..end).is_some_and(|part| {
        let mut pairs = part.iter().zip(piece);
        pairs.all(|(found, masked)| found ^ MASK == *masked)
    })
}
