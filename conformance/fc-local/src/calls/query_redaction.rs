//! Removes the credentials from the query of a signed URL.

use crate::url_encoding::decoded;

const REMOVED: &str = "REMOVED";
const SECRET: [&str; 4] = [
    "x-fc-signature",
    "x-fc-security-token",
    "x-acs-security-token",
    "x-acs-signature",
];

/// The target of a request; the values of signatures and security tokens in its query are replaced.
pub(crate) fn without_credentials(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(&decoded(name)) => format!("{name}={REMOVED}"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

fn is_secret(name: &str) -> bool {
    SECRET
        .iter()
        .any(|secret| name.eq_ignore_ascii_case(secret))
}

#[cfg(test)]
mod tests {
    use super::without_credentials;

    #[test]
    fn only_signatures_and_tokens_are_removed() {
        let given =
            "/p?a=b&X-Fc-Signature=abc&x%2Dfc-signature=d&x-fc-security-token=t&x-fc-expires=1&c";
        let expected = "/p?a=b&X-Fc-Signature=REMOVED&x%2Dfc-signature=REMOVED&x-fc-security-token=REMOVED&x-fc-expires=1&c";
        assert_eq!(without_credentials(given), expected);
        assert_eq!(without_credentials("/p"), "/p");
    }
}
