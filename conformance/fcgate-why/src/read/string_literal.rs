//! String literals as Python, Go, Ruby, JavaScript and JSON print them.

use std::iter::Peekable;
use std::slice::Iter;

/// Decodes the literal whose first byte is its quote. Returns its bytes and the text after it.
///
/// A literal that does not end is returned up to the end of the text.
pub(super) fn decoded(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (quote, rest) = text.split_first()?;
    matches!(quote, b'"' | b'\'' | b'`').then(|| decoded_until(rest, |byte| byte == *quote))
}

/// Decodes the literal of PowerShell whose first byte is its quote: a backquote escapes, and a doubled quote is one.
///
/// `None` if the literal contains a variable.
pub(super) fn decoded_powershell(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (quote, rest) = text.split_first()?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let mut out = Vec::new();
    let mut bytes = rest.iter().peekable();
    while let Some(&byte) = bytes.next() {
        if byte == *quote {
            if bytes.next_if_eq(&quote).is_none() {
                break;
            }
            out.push(byte);
        } else if byte == b'`' && *quote == b'"' {
            match bytes.next() {
                Some(b'n') => out.push(b'\n'),
                Some(b'r') => out.push(b'\r'),
                Some(b't') => out.push(b'\t'),
                Some(b'0') => out.push(0),
                Some(other) => out.push(*other),
                None => {}
            }
        } else {
            let next = bytes.peek().copied().copied().unwrap_or_default();
            let is_name = next.is_ascii_alphabetic() || b"_({".contains(&next);
            if byte == b'$' && *quote == b'"' && is_name {
                return None;
            }
            out.push(byte);
        }
    }
    let length = bytes.len();
    Some((out, rest.get(rest.len() - length..).unwrap_or_default()))
}

/// Decodes escapes up to the byte for which `is_end` is true. Returns the text after that byte.
pub(super) fn decoded_until(text: &[u8], is_end: impl Fn(u8) -> bool) -> (Vec<u8>, &[u8]) {
    let mut out = Vec::new();
    let mut bytes = text.iter().peekable();
    while let Some(&byte) = bytes.next() {
        if is_end(byte) {
            break;
        }
        if byte == b'\\' {
            escape(&mut bytes, &mut out);
        } else {
            out.push(byte);
        }
    }
    let rest = bytes.len();
    (out, text.get(text.len() - rest..).unwrap_or_default())
}

fn escape(bytes: &mut Peekable<Iter<'_, u8>>, out: &mut Vec<u8>) {
    let Some(&kind) = bytes.next() else {
        return;
    };
    match kind {
        b'r' => out.push(b'\r'),
        b'n' => out.push(b'\n'),
        b't' => out.push(b'\t'),
        b'a' => out.push(7),
        b'b' => out.push(8),
        b'v' => out.push(11),
        b'f' => out.push(12),
        b'e' => out.push(27),
        b'x' => out.extend(u8::try_from(hex(bytes, 2)).ok()),
        b'u' => {
            let is_braced = bytes.next_if(|byte| **byte == b'{').is_some();
            let code = hex(bytes, if is_braced { 6 } else { 4 });
            if is_braced {
                bytes.next_if(|byte| **byte == b'}');
            }
            let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        b'0'..=b'7' => {
            let mut code = u32::from(kind - b'0');
            for _ in 0..2 {
                let Some(digit) = bytes.next_if(|byte| matches!(byte, b'0'..=b'7')) else {
                    break;
                };
                code = code * 8 + u32::from(digit - b'0');
            }
            out.extend(u8::try_from(code).ok());
        }
        other => out.push(other),
    }
}

/// The value of up to `most` hexadecimal digits.
fn hex(bytes: &mut Peekable<Iter<'_, u8>>, most: usize) -> u32 {
    let mut value = 0;
    for _ in 0..most {
        let Some(digit) = bytes
            .peek()
            .and_then(|byte| char::from(**byte).to_digit(16))
        else {
            break;
        };
        bytes.next();
        value = value * 16 + digit;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn escapes_are_decoded_up_to_the_closing_quote() {
        for (text, value, rest) in [
            (r#""a\r\n\"b\"" c"#, "a\r\n\"b\"", " c"),
            (r"'\x41\u00e9\u{1f600}\101' +", "A\u{e9}\u{1f600}A", " +"),
            (r#""cut \"#, "cut ", ""),
        ] {
            let (bytes, after) = decoded(text.as_bytes()).unwrap();
            assert_eq!(bytes, value.as_bytes(), "{text}");
            assert_eq!(after, rest.as_bytes(), "{text}");
        }
        assert_eq!(decoded(b"a"), None);
    }
}
