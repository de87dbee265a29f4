//! Reads the wire and header logs of Apache `HttpClient`: `>> "POST / HTTP/1.1[\r][\n]"`, `>> Host: h`.

use super::lines::lines;
use super::transcript::Transcript;

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    // The wire log is complete; the header log repeats its heads.
    quoted(text)
        .with_request()
        .or_else(|| unquoted(text).with_request())
}

/// The wire log.
fn quoted(text: &[u8]) -> Transcript {
    let mut transcript = Transcript::default();
    for line in lines(text).map(<[u8]>::trim_ascii_end) {
        let Some((is_sent, rest)) = arrow(line) else {
            continue;
        };
        let inner = rest.strip_prefix(b"\"");
        if let Some(inner) = inner.map(|inner| inner.strip_suffix(b"\"").unwrap_or(inner)) {
            let bytes = decoded(inner);
            if is_sent {
                transcript.sent(&bytes);
            } else {
                transcript.received(&bytes);
            }
        }
    }
    transcript
}

/// The header log.
fn unquoted(text: &[u8]) -> Transcript {
    let mut transcript = Transcript::default();
    for line in lines(text) {
        match arrow(line) {
            Some((_, rest)) if rest.starts_with(b"\"") => {}
            Some((true, rest)) => transcript.sent_line(rest),
            Some((false, rest)) => transcript.received_line(rest),
            None => {}
        }
    }
    transcript
}

/// Whether a line is about sent bytes, and what follows its arrow.
fn arrow(line: &[u8]) -> Option<(bool, &[u8])> {
    let start = line
        .windows(4)
        .position(|four| matches!(four, b" >> " | b" << "))?;
    Some((line.get(start + 1) == Some(&b'>'), line.get(start + 4..)?))
}

/// Decodes `[\r]`, `[\n]` and `[0x1f]`.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let (byte, after) = match rest {
            [b'[', b'\\', b'r', b']', after @ ..] => (b'\r', after),
            [b'[', b'\\', b'n', b']', after @ ..] => (b'\n', after),
            [b'[', b'0', b'x', after @ ..] => hexadecimal(after).unwrap_or((first, after)),
            _ => (first, after),
        };
        out.push(byte);
        rest = after;
    }
    out
}

/// The byte before a closing bracket, and what follows the bracket.
fn hexadecimal(text: &[u8]) -> Option<(u8, &[u8])> {
    let end = text.iter().take(3).position(|byte| *byte == b']')?;
    let digits = std::str::from_utf8(text.get(..end)?).ok()?;
    Some((u8::from_str_radix(digits, 16).ok()?, text.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_header_log_is_read_if_there_is_no_wire_log() {
        let text = "DEBUG headers - http-outgoing-0 >> GET /a HTTP/1.1\n\
            DEBUG headers - http-outgoing-0 >> Host: h\n\
            DEBUG headers - http-outgoing-0 << HTTP/1.1 403 Forbidden\n";
        let exchanges = read(text.as_bytes()).unwrap().exchanges().unwrap();
        assert_eq!(exchanges[0].request.value("host"), Some("h"));
        assert!(exchanges[0].response.is_some());
    }
}
