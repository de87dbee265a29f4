//! Bytes as Latin-1.

/// Reads each byte as one Latin-1 character.
pub(super) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
