//! Tokens in texts: by the name before them, and by their form.

use std::ops::Range;

use super::redactor::SECURITY_TOKEN;
use super::token_form;
use super::token_name::{is_security_token, is_token_name};

/// What replaces a token.
const TOKEN: &str = "[token]";

/// The longest name.
const LONGEST_NAME: usize = 64;

const QUOTES: [char; 3] = ['"', '\'', '`'];

/// The start of a shell variable that `fcgate sign` writes instead of a token.
const VARIABLE: &str = "$FCGATE_";

/// Replaces every token in a text: the values of headers, parameters and fields that are named for a credential, such as
/// `access_token` or `Cookie`; what follows `Bearer` and `Basic`; JSON Web Tokens (RFC 7519); the security tokens of Alibaba
/// Cloud; and user and password in a URL.
///
/// ```
/// use fcgate_text::redaction::redact_tokens;
///
/// assert_eq!(redact_tokens("/f?access_token=a.b&c=d"), "/f?access_token=[token]&c=d");
/// ```
pub fn redact_tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, replacement) in tokens(text) {
        out += text.get(done..range.start).unwrap_or_default();
        out += replacement;
        done = range.end;
    }
    out += text.get(done..).unwrap_or_default();
    out
}

/// Whether the byte at an offset is a part of a token that [`redact_tokens`] replaces.
pub fn is_in_token(text: &str, offset: usize) -> bool {
    tokens(text)
        .iter()
        .any(|(range, _)| range.contains(&offset))
}

type Token = (Range<usize>, &'static str);

/// The tokens of a text in their order, without overlaps.
fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let before = found.len();
        named(content, &mut found);
        found.extend(token_form::ranges(content).map(|range| (range, TOKEN)));
        for (range, _) in found.iter_mut().skip(before) {
            *range = range.start + offset..range.end + offset;
        }
        offset += line.len();
    }
    found.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    found.retain(|(range, _)| {
        let is_next = range.start >= end;
        if is_next {
            end = range.end;
        }
        is_next
    });
    found
}

/// The values in a line that follow a name of a credential.
fn named(line: &str, found: &mut Vec<Token>) {
    let mut done = 0;
    for (at, separator) in line.match_indices([':', '=']) {
        // A separator within a token starts no other token.
        if at < done {
            continue;
        }
        let Some((name, is_quoted)) = name_before(line.get(..at).unwrap_or_default()) else {
            continue;
        };
        if !is_token_name(name) {
            continue;
        }
        let is_first = line
            .get(..at)
            .is_some_and(|before| before.trim_start() == name);
        let after = at + separator.len();
        let rest = line.get(after..).unwrap_or_default();
        let (from, length) = if is_first && separator == ":" {
            (after, rest.len())
        } else if is_first {
            (after, rest.find('&').unwrap_or(rest.len()))
        } else {
            let quote = quote_before(line.get(..at).unwrap_or_default(), name);
            let has_space = is_quoted || quote.is_some() || name.contains(['-', '_']);
            within(rest, after, separator == ":" && has_space, quote)
        };
        let value = line.get(from..from + length).unwrap_or_default();
        if value.trim().is_empty() || value.trim().starts_with(VARIABLE) {
            continue;
        }
        let replacement = if is_security_token(name) {
            SECURITY_TOKEN
        } else {
            TOKEN
        };
        found.push((from..from + length, replacement));
        done = from + length;
    }
}

/// The offset and the length of a value within a line. A quoted value ends at its quote.
fn within(rest: &str, after: usize, may_have_space: bool, open: Option<char>) -> (usize, usize) {
    let spaces = if may_have_space {
        rest.len() - rest.trim_start().len()
    } else {
        0
    };
    let value = rest.get(spaces..).unwrap_or_default();
    let quote = value.chars().next().filter(|one| QUOTES.contains(one));
    let start = spaces + usize::from(quote.is_some());
    let value = rest.get(start..).unwrap_or_default();
    let is_end = |one: char| match quote.or(open) {
        Some(quote) => one == quote,
        None => one.is_whitespace() || matches!(one, '&' | '?' | '"' | '\'' | ',' | '}' | ')'),
    };
    (after + start, value.find(is_end).unwrap_or(value.len()))
}

/// The quote directly before a name, as in `-H 'Cookie: a'`.
fn quote_before(text: &str, name: &str) -> Option<char> {
    let last = text.strip_suffix(name)?.chars().next_back();
    last.filter(|one| QUOTES.contains(one))
}

/// The name at the end of a text, and whether a quote follows it.
fn name_before(text: &str) -> Option<(&str, bool)> {
    let inner = text.trim_end_matches(['"', '\'', ' ']);
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let length = inner
        .bytes()
        .rev()
        .take(LONGEST_NAME)
        .take_while(is_of_name)
        .count();
    let name = inner.get(inner.len() - length..)?;
    let is_quoted = inner.len() < text.trim_end().len();
    (!name.is_empty()).then_some((name, is_quoted))
}

#[cfg(test)]
mod tests {
    use super::{is_in_token, redact_tokens};

    #[test]
    fn a_value_is_replaced_up_to_its_end() {
        for (text, shown) in [
            (
                "POST\n\n\nd\nx-fc-a:1\nx-fc-security-token:CAIS+/=:&\n/path",
                "POST\n\n\nd\nx-fc-a:1\nx-fc-security-token:[security token]\n/path",
            ),
            (
                "X-Acs-Security-Token: CAIS\nx-acs-security-token:CAIS",
                "X-Acs-Security-Token:[security token]\nx-acs-security-token:[security token]",
            ),
            (
                "/f\na=1\nx-fc-security-token=CA IS==\nz=1",
                "/f\na=1\nx-fc-security-token=[security token]\nz=1",
            ),
            (
                "/f?x-fc-security-token=CAIS%3D&a=x-fc-security-token",
                "/f?x-fc-security-token=[security token]&a=x-fc-security-token",
            ),
            ("/f\na=1\ntoken=abc\nz=1", "/f\na=1\ntoken=[token]\nz=1"),
            ("/f?Access_Token=a.b&c=d", "/f?Access_Token=[token]&c=d"),
            ("cookie: a=b; sid=c d\ne: f", "cookie:[token]\ne: f"),
            ("password: two words", "password:[token]"),
            ("x-fc-a:token=abc z", "x-fc-a:token=[token] z"),
            (
                "{\"access_token\": \"a b\", \"c\": \"d\"}",
                "{\"access_token\": \"[token]\", \"c\": \"d\"}",
            ),
            ("-H 'Cookie: a=b; c=d' u", "-H 'Cookie: [token]' u"),
            ("-H 'X-Auth-Token: abc' u", "-H 'X-Auth-Token: [token]' u"),
        ] {
            assert_eq!(redact_tokens(text), shown);
        }
    }

    #[test]
    fn a_name_without_a_token_is_unchanged() {
        for text in [
            "x-acs-security-token:\nhost;x-acs-security-token",
            "x-fc-security-token=&x-fc-security-token",
            "x-fc-security-tokenü",
            "token=\nx-fc-tokens:a\neyJ",
            "-H \"X-Fc-Security-Token: $FCGATE_SECURITY_TOKEN\"",
            "the security token: one of the key",
            "x-acs-date:2022-05-11T09:00:00Z",
            "",
        ] {
            assert_eq!(redact_tokens(text), text);
        }
    }

    #[test]
    fn the_bytes_of_a_token_are_known() {
        let text = "a:b\ntoken:cd\ne";
        let inside: Vec<usize> = (0..text.len())
            .filter(|at| is_in_token(text, *at))
            .collect();
        assert_eq!(inside, [10, 11]);
    }
}
