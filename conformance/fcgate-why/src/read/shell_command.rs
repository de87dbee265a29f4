//! The words of a command for a POSIX shell.

use super::string_literal;

/// Words of the shell that end the command.
const ENDS: [&str; 7] = ["|", ";", "&&", "||", ">", "2>&1", "&"];

/// Programs whose name is the start of the next command.
const PROGRAMS: [&str; 3] = ["curl", "http", "wget"];

/// The arguments of the program up to the end of its command. The error says why they are not known.
pub(super) fn words(text: &[u8]) -> Result<Vec<String>, &'static str> {
    let text = plain_quotes(text);
    if has_expansion(&text) {
        return Err("it has shell variables, whose values it does not show");
    }
    let text = String::from_utf8_lossy(&text);
    let words = shlex::split(&text).ok_or("a quote in it is not closed")?;
    let is_end = |word: &String| ENDS.contains(&word.as_str()) || PROGRAMS.contains(&word.as_str());
    Ok(words.into_iter().take_while(|word| !is_end(word)).collect())
}

/// The text after the name of a program, on the first line that starts with it. The prompt of a shell may be before it.
pub(super) fn after_program<'a>(text: &'a [u8], programs: &[&str]) -> Option<&'a [u8]> {
    let mut offset = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n').take(40) {
        for program in programs {
            if let Some(length) = program_end(line, program.as_bytes()) {
                return text.get(offset + length..);
            }
        }
        offset += line.len();
    }
    None
}

/// The offset after the name of the program, if a line starts with it or with a prompt and it.
fn program_end(line: &[u8], program: &[u8]) -> Option<usize> {
    let is_space = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let mut places = line.windows(program.len()).enumerate().take(160);
    places.find_map(|(at, bytes)| {
        if bytes != program {
            return None;
        }
        let after = line.get(at + program.len()..).unwrap_or_default();
        let after = after.strip_prefix(b".exe").unwrap_or(after);
        let before = line.get(..at).unwrap_or_default().trim_ascii();
        let is_prompt =
            before.is_empty() || before.last().is_some_and(|byte| b"$%>#+|".contains(byte));
        (is_space(after.first()) && is_prompt).then(|| line.len() - after.len())
    })
}

/// Replaces `$'..'`, which browsers write, by quotes of POSIX, and the end of a continued line by a space.
fn plain_quotes(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut quote = None;
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let is_word_start = quote.is_none() && out.last().is_none_or(u8::is_ascii_whitespace);
        let literal = (first == b'$' && is_word_start && after.starts_with(b"'"))
            .then(|| string_literal::decoded(after))
            .flatten();
        if let Some((bytes, after)) = literal {
            out.push(b'\'');
            for byte in bytes {
                match byte {
                    b'\'' => out.extend_from_slice(br"'\''"),
                    byte => out.push(byte),
                }
            }
            out.push(b'\'');
            rest = after;
            continue;
        }
        match (first, quote) {
            (b'\\', None) => {
                let next = after.strip_prefix(b"\r").unwrap_or(after);
                if let Some(next) = next.strip_prefix(b"\n") {
                    out.push(b' ');
                    rest = next;
                    continue;
                }
            }
            (b'\'' | b'"', None) => quote = Some(first),
            (_, Some(open)) if first == open => quote = None,
            _ => {}
        }
        // An escaped character is no quote.
        let length = if first == b'\\' && quote != Some(b'\'') {
            2
        } else {
            1
        };
        let (one, after) = rest.split_at(length.min(rest.len()));
        out.extend_from_slice(one);
        rest = after;
    }
    out
}

/// Whether the shell replaces a part of the command: `$NAME`, `$(..)` or backquotes outside of single quotes.
fn has_expansion(text: &[u8]) -> bool {
    let mut quote = None;
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, quote) {
            (b'\'' | b'"', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (_, Some(b'\'')) => {}
            (b'\\', _) => {
                bytes.next();
            }
            (b'`', _) => return true,
            (b'$', _) => {
                let next = bytes.peek().copied().unwrap_or_default();
                if next.is_ascii_alphabetic() || matches!(next, b'_' | b'{' | b'(') {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{after_program, words};

    #[test]
    fn a_command_is_found_after_a_prompt() {
        for text in [
            "curl -v h",
            "$ curl -v h",
            "I ran\n  user@host:~/a$ curl -v h",
            "C:\\Users\\a>curl.exe -v h",
            "+ curl -v h",
        ] {
            assert_eq!(
                after_program(text.as_bytes(), &["curl"]),
                Some(&b" -v h"[..]),
                "{text}"
            );
        }
        for text in ["curly -v h", "use curl -v h", "-curl"] {
            assert_eq!(after_program(text.as_bytes(), &["curl"]), None, "{text}");
        }
    }

    #[test]
    fn the_words_end_with_the_command() {
        let of = |text: &str| words(text.as_bytes());
        assert_eq!(
            of(" -H 'a: b' $'c\\u0021' | jq ."),
            Ok(vec!["-H".to_owned(), "a: b".to_owned(), "c!".to_owned()])
        );
        assert_eq!(of(" a\ncurl b"), Ok(vec!["a".to_owned()]));
        let continued = of(" \\\n  a \\\r\n 'b\\' '' \\'");
        assert_eq!(
            continued,
            Ok(["a", "b\\", "", "'"].map(str::to_owned).to_vec())
        );
        assert!(of(" \"$A\"").is_err());
        assert!(of(" 'open").is_err());
    }
}
