//! Finds the request line in a line of a log.

/// A request line in a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RequestLine {
    /// The offset of the method in the line: the length of the prefix.
    pub(super) offset: usize,
    /// Whether the line ends with the version of HTTP.
    pub(super) has_version: bool,
}

/// A longer word at the start of a line is the packet header that `tcpdump -A` prints before the method.
const LONGEST_METHOD: usize = 32;

/// The methods that are searched for within a line. At the start of a line, every token is a method.
const METHODS: [&[u8]; 9] = [
    b"GET", b"POST", b"PUT", b"DELETE", b"PATCH", b"HEAD", b"OPTIONS", b"CONNECT", b"TRACE",
];

/// The request line in a line without line end, with or without a prefix.
pub(super) fn find(line: &[u8]) -> Option<RequestLine> {
    let line = line.trim_ascii_end();
    let has_version = has_version(line);
    if let Some(length) = method_length(line).filter(|length| *length < LONGEST_METHOD) {
        let rest = line.get(length + 1..).unwrap_or_default();
        // Without a version, a word in lower case is a command, such as `curl https://..`.
        let is_method = line
            .get(..length)
            .is_some_and(|word| !word.iter().any(u8::is_ascii_lowercase));
        if has_version || is_method && is_target(rest) {
            return Some(RequestLine {
                offset: 0,
                has_version,
            });
        }
    }
    let mut from = 0;
    while let Some(space) = line.get(from..)?.iter().position(|byte| *byte == b' ') {
        let space = from + space;
        let before = line.get(..space).unwrap_or_default();
        let rest = line.get(space + 1..).unwrap_or_default();
        let ends = |method: &&&[u8]| {
            // `tcpdump -A` prints the header of the packet directly before the method.
            ends_with_word(before, method)
                || has_version && before.len() > LONGEST_METHOD && before.ends_with(method)
        };
        let method = METHODS.iter().find(ends);
        if let Some(method) = method {
            let is_request = if has_version {
                is_target(rest) || rest.starts_with(b"*")
            } else {
                is_absolute(rest)
            };
            if is_request || *method == b"CONNECT" && has_version {
                return Some(RequestLine {
                    offset: space - method.len(),
                    has_version,
                });
            }
        }
        from = space + 1;
    }
    None
}

/// Whether bytes start with a request line that has a version.
pub(super) fn starts_with_request_line(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next();
    let line = line.unwrap_or_default().trim_ascii_end();
    method_length(line).is_some() && has_version(line)
}

/// The length of the token (RFC 9110, 5.6.2) at the start of a line, if a space follows.
pub(super) fn method_length(line: &[u8]) -> Option<usize> {
    let length = line.iter().take_while(|byte| is_token(**byte)).count();
    (length > 0 && line.get(length) == Some(&b' ')).then_some(length)
}

/// Whether a line ends with `HTTP/1.1` or another version.
pub(super) fn has_version(line: &[u8]) -> bool {
    let start = line.iter().rposition(|byte| *byte == b' ');
    let last = start.and_then(|start| line.get(start + 1..));
    last.is_some_and(is_version)
}

fn is_version(word: &[u8]) -> bool {
    let number = word
        .split_at_checked(5)
        .filter(|(name, _)| name.eq_ignore_ascii_case(b"http/"));
    number.is_some_and(|(_, number)| {
        !number.is_empty()
            && number
                .iter()
                .all(|byte| byte.is_ascii_digit() || *byte == b'.')
    })
}

fn is_target(rest: &[u8]) -> bool {
    rest.starts_with(b"/") || is_absolute(rest)
}

/// Whether a target is an absolute URL.
fn is_absolute(rest: &[u8]) -> bool {
    rest.starts_with(b"http://") || rest.starts_with(b"https://")
}

/// Whether a text ends with a method that is a word of its own.
fn ends_with_word(text: &[u8], word: &[u8]) -> bool {
    let before = text.strip_suffix(word);
    before.is_some_and(|before| {
        before
            .last()
            .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
    })
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{RequestLine, find};

    #[test]
    fn a_request_line_is_found_with_and_without_prefix_and_version() {
        let at = |offset, has_version| {
            Some(RequestLine {
                offset,
                has_version,
            })
        };
        for (line, found) in [
            ("POST /a HTTP/1.1\r", at(0, true)),
            ("BREW-1 /a b HTTP/1.1", at(0, true)),
            ("POST /a", at(0, false)),
            ("GET https://h/a", at(0, false)),
            ("2026/11/28 21:20:00 POST /a HTTP/1.1", at(20, true)),
            ("E..4..@.POST /a HTTP/1.1", at(8, true)),
            ("1.2.3.4:5: POST http://h/a", at(11, false)),
            ("1.2.3.4 - - \"POST /a HTTP/1.1\" 403 12", None),
            ("curl https://h/a", None),
            ("Host: h", None),
            ("why does POST /a fail", None),
            ("", None),
        ] {
            assert_eq!(find(line.as_bytes()), found, "{line}");
        }
    }
}
