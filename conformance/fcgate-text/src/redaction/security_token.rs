//! Security tokens in header lines and in queries.

use std::borrow::Cow;

use super::redactor::SECURITY_TOKEN;

/// The end of the name in both schemes, and the two starts: one search finds both names.
const NAME: &str = "-security-token";
const PREFIXES: [&str; 2] = ["x-fc", "x-acs"];

/// Replaces the value of every security token header and query parameter in a text.
pub(super) fn redact_security_tokens(text: &str) -> Cow<'_, str> {
    let lower = text.to_ascii_lowercase();
    let mut out = String::new();
    let mut done = 0;
    while let Some((start, end)) = next(text, &lower, done) {
        out += text.get(done..start).unwrap_or_default();
        out += SECURITY_TOKEN;
        done = end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out += text.get(done..).unwrap_or_default();
    Cow::Owned(out)
}

/// The start and the end of the next token at or after an offset.
fn next(text: &str, lower: &str, mut from: usize) -> Option<(usize, usize)> {
    loop {
        let name = from + lower.get(from..)?.find(NAME)?;
        let after = name + NAME.len();
        let start = after + 1;
        let is_header = PREFIXES
            .iter()
            .any(|prefix| lower.get(..name).is_some_and(|head| head.ends_with(prefix)));
        let length = match text.get(after..)?.bytes().next() {
            Some(b':') if is_header => text.get(start..)?.find('\n'),
            Some(b'=') if is_header => text.get(start..)?.find(['&', '\n']),
            _ => Some(0),
        };
        let end = length.map_or(text.len(), |length| start + length);
        let value = text.get(start..end).unwrap_or_default();
        if !value.trim().is_empty() {
            return Some((start, end));
        }
        from = after;
    }
}

#[cfg(test)]
mod tests {
    use super::redact_security_tokens;

    #[test]
    fn a_token_in_a_header_line_or_a_query_is_replaced() {
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
                "/f\na=1\nx-fc-security-token=CAIS==\nz=1",
                "/f\na=1\nx-fc-security-token=[security token]\nz=1",
            ),
            (
                "/f?x-fc-security-token=CAIS%3D&a=x-fc-security-token",
                "/f?x-fc-security-token=[security token]&a=x-fc-security-token",
            ),
        ] {
            assert_eq!(redact_security_tokens(text), shown);
        }
    }

    #[test]
    fn a_name_without_a_token_is_unchanged() {
        for text in [
            "x-acs-security-token:\nhost;x-acs-security-token",
            "x-fc-security-token=&x-fc-security-token",
            "x-fc-security-tokenü",
            "my-security-token:a",
            "",
        ] {
            assert_eq!(redact_security_tokens(text), text);
        }
    }
}
