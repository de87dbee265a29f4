//! The words of a command for the Windows prompt, as browsers copy it: "Copy as cURL (cmd)".

/// Whether a command has the escapes of the Windows prompt.
pub(super) fn is_windows(text: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"^\"", b"^\n", b"^\r\n"];
    marks
        .iter()
        .any(|mark| text.windows(mark.len()).any(|bytes| bytes == *mark))
}

/// The arguments of the program up to the end of its command.
pub(super) fn words(text: &[u8]) -> Result<Vec<String>, &'static str> {
    let line = without_carets(text);
    let mut words = Vec::new();
    let mut rest = line.trim_ascii_start();
    while !rest.is_empty() {
        let (word, after) = word(rest)?;
        words.push(String::from_utf8_lossy(&word).into_owned());
        rest = after.trim_ascii_start();
    }
    Ok(words)
}

/// The line as the prompt gives it to the program: a caret outside of quotes escapes the next character.
fn without_carets(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut is_quoted = false;
    let mut bytes = text.iter().copied().filter(|byte| *byte != b'\r');
    while let Some(byte) = bytes.next() {
        match byte {
            b'^' if !is_quoted => {
                let escaped = bytes.next();
                // After a line that is continued, the next character is taken as it is.
                out.extend(if escaped == Some(b'\n') {
                    bytes.next()
                } else {
                    escaped
                });
            }
            b'\n' | b'|' | b'&' | b'>' if !is_quoted => break,
            b'"' => {
                is_quoted = !is_quoted;
                out.push(byte);
            }
            byte => out.push(byte),
        }
    }
    out
}

/// The first word by the rules of the C runtime of Windows, and the text after it.
fn word(text: &[u8]) -> Result<(Vec<u8>, &[u8]), &'static str> {
    let mut out = Vec::new();
    let mut is_quoted = false;
    let mut rest = text;
    loop {
        let backslashes = rest.iter().take_while(|byte| **byte == b'\\').count();
        let after = rest.get(backslashes..).unwrap_or_default();
        match after.first() {
            Some(b'"') => {
                out.extend(std::iter::repeat_n(b'\\', backslashes / 2));
                let is_doubled = is_quoted && after.get(1) == Some(&b'"');
                if backslashes % 2 == 1 {
                    out.push(b'"');
                } else if is_doubled {
                    out.push(b'"');
                    rest = after.get(2..).unwrap_or_default();
                    continue;
                } else {
                    is_quoted = !is_quoted;
                }
                rest = after.get(1..).unwrap_or_default();
            }
            Some(byte) => {
                out.extend(std::iter::repeat_n(b'\\', backslashes));
                if byte.is_ascii_whitespace() && !is_quoted {
                    return Ok((out, after));
                }
                out.push(*byte);
                rest = after.get(1..).unwrap_or_default();
            }
            None if is_quoted => return Err("a quote in it is not closed"),
            None => {
                out.extend(std::iter::repeat_n(b'\\', backslashes));
                return Ok((out, after));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn carets_and_backslashes_are_removed_as_windows_does_it() {
        for text in [
            // Browsers since 2024.
            " ^\"https://h/a?b=c^&d=^%^20^\" ^\r\n  -H ^\"X-A: b^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"\r\nC:\\>",
            // Browsers before.
            " \"https://h/a?b=c&d=%20\" ^\n  -H \"X-A: b\" ^\n  --data-raw \"{\\\"a\\\":1}\"",
        ] {
            let wanted = [
                "https://h/a?b=c&d=%20",
                "-H",
                "X-A: b",
                "--data-raw",
                "{\"a\":1}",
            ];
            assert_eq!(words(text.as_bytes()).unwrap(), wanted, "{text}");
        }
        assert!(words(b" \"open").is_err());
        assert_eq!(
            words(b" \"a\\\\\" b\\c \"d\"\"e\"").unwrap(),
            ["a\\", "b\\c", "d\"e"]
        );
    }
}
