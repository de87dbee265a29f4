//! Names of headers, parameters and fields whose values are credentials.

/// The ends of names, without separators, in lower case.
const ENDS: [&str; 8] = [
    "token",
    "jwt",
    "apikey",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "privatekey",
];

/// Whole names, without separators, in lower case.
const NAMES: [&str; 5] = [
    "cookie",
    "setcookie",
    "proxyauthorization",
    "sessionid",
    "pwd",
];

/// Whether the value with this name is a credential: `access_token`, `X-Fc-Security-Token`, `sessionToken`, `Cookie`.
pub fn is_token_name(name: &str) -> bool {
    let plain = name
        .bytes()
        .rev()
        .filter(|one| !matches!(one, b'-' | b'_' | b'.'))
        .map(|one| one.to_ascii_lowercase());
    let is_end = |end: &str| {
        let mut plain = plain.clone();
        end.bytes().rev().all(|one| plain.next() == Some(one))
    };
    NAMES
        .iter()
        .any(|known| plain.clone().eq(known.bytes().rev()))
        || ENDS.iter().any(|end| is_end(end))
}

/// Whether a name is that of the security token of the service.
pub(super) fn is_security_token(name: &str) -> bool {
    ["x-fc-security-token", "x-acs-security-token"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::is_token_name;

    #[test]
    fn names_of_credentials_are_recognized_in_every_spelling() {
        for name in [
            "token",
            "sessionToken",
            "X-Auth-Token",
            "x-acs-bearer-token",
            "id_token",
            "apiKey",
            "X-API-Key",
            "client_secret",
            "Password",
            "Cookie",
            "Set-Cookie",
            "Proxy-Authorization",
            "accessKeySecret",
            "x-acs-zero-trust-idtoken",
        ] {
            assert!(is_token_name(name), "{name}");
        }
        for name in [
            "x-fc-tokens",
            "x-acs-signature-nonce",
            "x-acs-signature-type",
            "tokenizer",
            "Credential",
            "key",
            "",
        ] {
            assert!(!is_token_name(name), "{name}");
        }
    }
}
