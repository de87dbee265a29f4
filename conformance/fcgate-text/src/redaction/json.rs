//! The bytes of a JSON text with its escapes resolved.

/// The first byte of a text after resolving an escape of JSON, and the rest.
pub(super) fn unescape(text: &[u8]) -> Option<(u8, &[u8])> {
    Some(match text {
        [b'\\', b'u', digits @ ..] => match ascii(digits.get(..4)) {
            Some(byte) => (byte, digits.get(4..)?),
            None => (b'\\', text.get(1..)?),
        },
        [b'\\', escaped, rest @ ..] => (*escaped, rest),
        [byte, rest @ ..] => (*byte, rest),
        [] => return None,
    })
}

/// The ASCII character of four hex digits.
fn ascii(digits: Option<&[u8]>) -> Option<u8> {
    let digits = std::str::from_utf8(digits?).ok()?;
    u8::try_from(u16::from_str_radix(digits, 16).ok()?).ok()
}
