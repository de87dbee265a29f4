//! Parses one header line: its name, and its value with every byte.

use std::fmt;

/// The error for a line that is not a header line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderLineError {
    /// The line starts with white space (an obsolete line fold).
    Folded,
    /// The line has no colon after a name.
    NoColon,
    /// The text before the colon is not a header name.
    Name,
}

impl fmt::Display for HeaderLineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folded => "a folded header line, which is obsolete",
            Self::NoColon => "expected a header line `Name: value`",
            Self::Name => "invalid header name",
        })
    }
}

impl std::error::Error for HeaderLineError {}

/// Returns name and value of a header line without its line end.
///
/// One space after the colon is removed; any other white space stays in the value, because a client may have
/// signed it. Each byte becomes one character (Latin-1).
///
/// # Errors
///
/// When the line is folded, has no colon, or has an invalid name.
pub fn parse_header_line(line: &[u8]) -> Result<(String, String), HeaderLineError> {
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        return Err(HeaderLineError::Folded);
    }
    let colon = line.iter().position(|byte| *byte == b':');
    let (name, value) = colon
        .filter(|at| *at > 0)
        .and_then(|at| line.split_at_checked(at))
        .ok_or(HeaderLineError::NoColon)?;
    if http::HeaderName::from_bytes(name).is_err() {
        return Err(HeaderLineError::Name);
    }
    let value = value.get(1..).unwrap_or_default();
    let value = value.strip_prefix(b" ").unwrap_or(value);
    Ok((latin_1(name), latin_1(value)))
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::{HeaderLineError, parse_header_line};

    #[test]
    fn a_value_keeps_its_bytes_except_one_space() {
        let line = parse_header_line(b"X-A:  b\xfc ").unwrap();
        assert_eq!(line, ("X-A".to_owned(), " b\u{fc} ".to_owned()));
        let line = parse_header_line(b"X-A:b").unwrap();
        assert_eq!(line.1, "b");
    }

    #[test]
    fn lines_of_another_form_are_rejected() {
        assert_eq!(parse_header_line(b" a: b"), Err(HeaderLineError::Folded));
        assert_eq!(parse_header_line(b"a b"), Err(HeaderLineError::NoColon));
        assert_eq!(parse_header_line(b": b"), Err(HeaderLineError::NoColon));
        assert_eq!(parse_header_line(b"a b: c"), Err(HeaderLineError::Name));
    }
}
