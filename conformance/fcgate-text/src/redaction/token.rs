//! Tokens in texts: security tokens, JSON Web Tokens, and parameters and headers that are named for a token.

use super::security_token::redact_security_tokens;

/// What replaces a token.
const TOKEN: &str = "[token]";

/// Names of parameters and headers whose values are credentials.
const NAMES: [&str; 14] = [
    "token",
    "jwt",
    "access_token",
    "id_token",
    "refresh_token",
    "auth_token",
    "api_key",
    "apikey",
    "client_secret",
    "password",
    "x-acs-bearer-token",
    "x-api-key",
    "x-auth-token",
    "proxy-authorization",
];

/// Replaces every token in a text: security tokens, JSON Web Tokens (RFC 7519), and the values of parameters and
/// headers that are named for a token, such as `access_token`.
///
/// ```
/// use fcgate_text::redaction::redact_tokens;
///
/// assert_eq!(redact_tokens("/f?access_token=a.b&c=d"), "/f?access_token=[token]&c=d");
/// ```
pub fn redact_tokens(text: &str) -> String {
    let text = redact_security_tokens(text);
    let is_end = |character: char| matches!(character, '\n' | '\r' | '&' | '?' | ' ');
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_end) {
        let word = piece.trim_end_matches(is_end);
        let end = piece.get(word.len()..).unwrap_or_default();
        let value = word.find(['=', ':']).map_or(0, |at| at + 1);
        let (name, value) = word.split_at_checked(value).unwrap_or((word, ""));
        let is_named = is_token_name(name.trim_end_matches(['=', ':']));
        if !value.is_empty() && is_named || is_web_token(value) {
            out.push_str(name);
            out.push_str(TOKEN);
        } else {
            out.push_str(word);
        }
        out.push_str(end);
    }
    out
}

/// Whether the value of the parameter or header with this name is a credential, other than a security token.
pub fn is_token_name(name: &str) -> bool {
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a value is a JSON Web Token (RFC 7519): its header is an object in base64url.
fn is_web_token(value: &str) -> bool {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    value.starts_with("eyJ") && value.contains('.') && value.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::redact_tokens;

    #[test]
    fn tokens_are_recognized_by_name_and_by_form() {
        for (text, shown) in [
            ("/f\na=1\ntoken=abc\nz=1", "/f\na=1\ntoken=[token]\nz=1"),
            ("/f?Access_Token=a.b&c=d", "/f?Access_Token=[token]&c=d"),
            ("x-fc-a:eyJhbGciOiJ9.e30.sig\nb", "x-fc-a:[token]\nb"),
            ("bearer eyJhbGciOiJ9.e30.sig", "bearer [token]"),
            (
                "x-acs-security-token:CAIS",
                "x-acs-security-token:[security token]",
            ),
            ("token=\nx-fc-tokens:a\neyJ", "token=\nx-fc-tokens:a\neyJ"),
        ] {
            assert_eq!(redact_tokens(text), shown);
        }
    }
}
