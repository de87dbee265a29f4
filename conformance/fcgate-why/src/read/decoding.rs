//! Removes the wrapping of a text: UTF-16, byte order marks, terminal colors, Markdown fences.

use std::borrow::Cow;

/// The text as bytes of UTF-8 or Latin-1, without its wrapping.
pub(super) fn decoded(text: &[u8]) -> Cow<'_, [u8]> {
    let text = from_utf16(text);
    let text = match text {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
        Cow::Owned(bytes) => Cow::Owned(bytes),
    };
    let text = with_line_feeds(without_colors(text));
    match fenced(&text) {
        Some(inner) => Cow::Owned(inner.to_vec()),
        None => text,
    }
}

/// Replaces CR by LF if the text has no LF, and removes the no-break spaces at the start of lines, which web pages have.
fn with_line_feeds(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    const NO_BREAK: &[u8] = b"\xc2\xa0";
    let has_only_cr = text.contains(&b'\r') && !text.contains(&b'\n');
    let has_no_break = text.windows(2).any(|two| two == NO_BREAK);
    if !has_only_cr && !has_no_break {
        return text;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut is_start = true;
    let mut rest = text.as_ref();
    while let Some((&first, after)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(NO_BREAK).filter(|_| is_start) {
            out.push(b' ');
            rest = after;
            continue;
        }
        let byte = if has_only_cr && first == b'\r' {
            b'\n'
        } else {
            first
        };
        is_start = byte == b'\n' || is_start && byte.is_ascii_whitespace();
        out.push(byte);
        rest = after;
    }
    Cow::Owned(out)
}

/// UTF-16 is recognized by its byte order mark, or by a NUL next to each of the first two characters.
fn from_utf16(text: &[u8]) -> Cow<'_, [u8]> {
    let (rest, is_little) = match text {
        [0xff, 0xfe, rest @ ..] => (rest, true),
        [0xfe, 0xff, rest @ ..] => (rest, false),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (text, true),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (text, false),
        _ => return Cow::Borrowed(text),
    };
    let unit = |pair: &[u8; 2]| {
        if is_little {
            u16::from_le_bytes(*pair)
        } else {
            u16::from_be_bytes(*pair)
        }
    };
    let (pairs, _) = rest.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(unit).collect();
    Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
}

/// Removes the escape sequences for colors (`ESC [ 1 m`).
fn without_colors(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if !text.windows(2).any(|pair| pair == b"\x1b[") {
        return text;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some((&first, after)) = rest.split_first() {
        let sequence = after.strip_prefix(b"[").filter(|_| first == 0x1b);
        let parameters = |after: &[u8]| {
            let is_parameter = |byte: &u8| byte.is_ascii_digit() || *byte == b';';
            after
                .iter()
                .take_while(|byte| is_parameter(byte))
                .take(24)
                .count()
        };
        if let Some(after) = sequence {
            rest = after.get(parameters(after) + 1..).unwrap_or_default();
        } else {
            out.push(first);
            rest = after;
        }
    }
    Cow::Owned(out)
}

/// The lines of the first fenced block of Markdown, if the first lines of the text have a fence.
fn fenced(text: &[u8]) -> Option<&[u8]> {
    let mut offset = 0;
    let mut start = None;
    for (number, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let is_fence = line.trim_ascii_start().starts_with(b"```");
        match start {
            None if number > 40 => return None,
            None if is_fence => start = Some(offset + line.len()),
            Some(start) if is_fence => return text.get(start..offset),
            _ => {}
        }
        offset += line.len();
    }
    text.get(start?..)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn utf_16_is_decoded_with_and_without_a_byte_order_mark() {
        let little: Vec<u8> = "GET /".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&little).as_ref(), b"GET /");
        assert_eq!(
            decoded(&[b"\xff\xfe", &little[..]].concat()).as_ref(),
            b"GET /"
        );
        let big: Vec<u8> = "GET /".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(
            decoded(&[b"\xfe\xff", &big[..]].concat()).as_ref(),
            b"GET /"
        );
    }

    #[test]
    fn colors_and_fences_are_removed() {
        assert_eq!(decoded(b"\x1b[1;32mPOST\x1b[0m /").as_ref(), b"POST /");
        assert_eq!(
            decoded(b"I sent:\n```http\nGET /\n```\nwhy?\n").as_ref(),
            b"GET /\n"
        );
        assert_eq!(decoded(b"\xef\xbb\xbfGET").as_ref(), b"GET");
        assert_eq!(decoded(b"GET /\ra: b\r\r").as_ref(), b"GET /\na: b\n\n");
        let no_break = b"\xc2\xa0 GET /\n\xc2\xa0a: \xc2\xa0";
        assert_eq!(decoded(no_break).as_ref(), b"  GET /\n a: \xc2\xa0");
    }
}
