//! Tokens that are recognized by their form.

use std::ops::Range;

/// The start of the security tokens of Alibaba Cloud, and the fewest characters of one.
const SECURITY_TOKEN: (&str, usize) = ("CAIS", 40);

/// The start of a JSON Web Token (RFC 7519): its header is an object in base64url.
const WEB_TOKEN: &str = "eyJ";

/// The fewest characters after `Bearer` and `Basic` that are a credential.
const SHORTEST: usize = 8;

/// The most characters of a user and a password in a URL.
const LONGEST_USER: usize = 512;

/// The tokens in a line.
pub(super) fn ranges(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for word in line.split_inclusive(|one: char| !is_of_token(one)) {
        let inner = word.trim_end_matches(|one: char| !is_of_token(one));
        let (start, length) = SECURITY_TOKEN;
        let is_web_token = inner.starts_with(WEB_TOKEN) && inner.contains('.');
        if is_web_token || inner.starts_with(start) && inner.len() >= length {
            found.push(from..from + inner.len());
        }
        from += word.len();
    }
    found.extend(after_schemes(line));
    found.extend(user_information(line));
    found.into_iter()
}

fn is_of_token(one: char) -> bool {
    one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.' | '+' | '/' | '%')
}

/// What follows `Bearer` and `Basic`.
fn after_schemes(line: &str) -> Vec<Range<usize>> {
    let lower = line.to_ascii_lowercase();
    let mut found = Vec::new();
    for scheme in ["bearer ", "basic "] {
        for (at, _) in lower.match_indices(scheme) {
            let from = at + scheme.len();
            let rest = line.get(from..).unwrap_or_default();
            let value = rest.trim_start();
            let from = from + rest.len() - value.len();
            let end = value
                .find(|one: char| one.is_whitespace() || matches!(one, '"' | '\'' | ','))
                .unwrap_or(value.len());
            let value = value.get(..end).unwrap_or_default();
            // A word of a sentence is no credential.
            let is_credential = value.chars().skip(1).any(|one| {
                one.is_ascii_digit() || one.is_ascii_uppercase() || "._=+/-".contains(one)
            });
            if value.len() >= SHORTEST && is_credential {
                found.push(from..from + end);
            }
        }
    }
    found
}

/// The user and the password of URLs.
fn user_information(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("://") {
        let from = at + 3;
        let rest = line.get(from..).unwrap_or_default();
        let is_end = |one: char| one.is_whitespace() || matches!(one, '?' | '#' | '"' | '\'' | '`');
        let near = rest.char_indices().take(LONGEST_USER);
        let mut ends = near.clone().filter(|(_, one)| is_end(*one));
        let all = near.last().map_or(0, |(at, one)| at + one.len_utf8());
        let end = ends.next().map_or(all, |(end, _)| end);
        let authority = rest.get(..end).unwrap_or_default();
        let slash = authority.find('/').unwrap_or(end);
        let before_slash = authority.get(..slash).unwrap_or_default();
        // A password may contain a slash, although it must be escaped. A port has only digits.
        let password = before_slash.split_once(':').map(|(_, password)| password);
        let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let has_password = password.is_some_and(|password| !is_port(password));
        let length = if has_password { end } else { slash };
        let authority = rest.get(..length).unwrap_or_default();
        if let Some(length) = authority.rfind('@').filter(|length| *length > 0) {
            found.push(from..from + length);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn tokens_are_found_by_their_form() {
        let security_token = format!("CAIS{}", "a1%2B/".repeat(10));
        for (line, tokens) in [
            ("x-fc-a:eyJhbGciOiJ9.e30.sig", vec!["eyJhbGciOiJ9.e30.sig"]),
            ("authorization:Bearer abcdef12 x", vec!["abcdef12"]),
            ("Authorization: Basic dXNlcjpwYXNz", vec!["dXNlcjpwYXNz"]),
            ("from https://user:pass@h/a?b=c@d", vec!["user:pass"]),
            (
                "https://user:pa/ss@h/a https://h:80/a@b",
                vec!["user:pa/ss"],
            ),
            (
                &format!("got {security_token}="),
                vec![security_token.as_str()],
            ),
            (
                "a bearer token, Basic authentication, eyJ, CAISshort, https://h/@a",
                vec![],
            ),
        ] {
            let found: Vec<&str> = ranges(line).map(|range| &line[range]).collect();
            assert_eq!(found, tokens, "{line}");
        }
    }
}
