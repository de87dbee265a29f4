//! Lines of a log: their ends, and the prefix that a logger writes before each line.

/// The longest prefix that is searched for on every line.
const LONGEST_PREFIX: usize = 512;

/// The lines of a text without LF and CR LF.
pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').map(without_end)
}

/// A line without the CR at its end.
pub(super) fn without_end(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The text from the line on in which `mark` finds the start of the capture, without the prefix of that line.
///
/// `mark` returns the offset of the first byte after the prefix. The same prefix is removed from the later lines; digits of a
/// time or a counter may differ. If the next line has another prefix, only its indentation is removed from the later lines.
pub(super) fn without_prefix(
    text: &[u8],
    mark: impl Fn(&[u8]) -> Option<usize>,
) -> Option<Vec<u8>> {
    let mut all = text.split(|byte| *byte == b'\n');
    let (first, length) = all.find_map(|line| Some((line, mark(without_end(line))?)))?;
    let (prefix, start) = first.split_at_checked(length)?;
    let mut out = Vec::with_capacity(text.len());
    out.extend_from_slice(start);
    let mut all = all.peekable();
    let next: &[u8] = all.peek().copied().unwrap_or_default();
    let is_short = prefix.len() <= LONGEST_PREFIX;
    let prefix = if is_short && prefixed(prefix, next).is_some() {
        prefix
    } else {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
        let indentation = next.iter().take(LONGEST_PREFIX);
        let length = indentation.take_while(|byte| is_space(byte)).count();
        next.get(..length).unwrap_or_default()
    };
    for line in all {
        out.push(b'\n');
        out.extend_from_slice(prefixed(prefix, line).unwrap_or(line));
    }
    Some(out)
}

/// The rest of a line after a prefix; a run of digits matches any other run of digits.
fn prefixed<'a>(prefix: &[u8], line: &'a [u8]) -> Option<&'a [u8]> {
    let (mut prefix, mut line) = (prefix, line);
    while let Some((&wanted, after)) = prefix.split_first() {
        if wanted.is_ascii_digit() {
            let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let count = digits(line);
            if count == 0 {
                return None;
            }
            line = line.get(count..)?;
            prefix = prefix.get(digits(prefix)..)?;
            continue;
        }
        match line.split_first() {
            Some((&found, rest)) if found == wanted => (prefix, line) = (after, rest),
            // Editors remove spaces at the end of a line.
            _ if prefix.trim_ascii().is_empty() && without_end(line).is_empty() => {
                return Some(line);
            }
            _ => return None,
        }
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::without_prefix;

    fn read(text: &str) -> String {
        let mark = |line: &[u8]| line.windows(4).position(|four| four == b"POST");
        String::from_utf8(without_prefix(text.as_bytes(), mark).unwrap()).unwrap()
    }

    #[test]
    fn the_prefix_of_every_line_is_removed_although_its_digits_differ() {
        let text = "x\n10:59:59.9 | POST /\n11:00:00.10 | a: b\n11:00:00.11 |\n11:00:00.11 | {}";
        assert_eq!(read(text), "POST /\na: b\n\n{}");
    }

    #[test]
    fn the_prefix_of_the_first_line_alone_is_removed() {
        assert_eq!(read("2026 POST /\na: b\n\n2 {}"), "POST /\na: b\n\n2 {}");
        assert_eq!(read("h:1: POST /\n    a: b\n\n    {"), "POST /\na: b\n\n{");
    }
}
