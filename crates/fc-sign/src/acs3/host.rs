//! The host that a request names, as HTTP clients send it.

use std::borrow::Cow;

use http::Uri;

use crate::SignError;

/// The host of the URI, lower-case, with the port unless it is the scheme's own.
pub(super) fn of(uri: &Uri) -> Result<Cow<'_, str>, SignError> {
    let host = uri
        .host()
        .filter(|host| !host.is_empty())
        .ok_or(SignError::Host)?;
    let default = match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        _ => None,
    };
    let port = uri.port_u16().filter(|port| Some(*port) != default);
    let lower = !host.bytes().any(|byte| byte.is_ascii_uppercase());
    Ok(match port {
        None if lower => Cow::Borrowed(host),
        None => Cow::Owned(host.to_ascii_lowercase()),
        Some(port) => Cow::Owned(format!("{}:{port}", host.to_ascii_lowercase())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_port_of_the_callers_own_is_named() {
        for (uri, host) in [
            ("https://FC.example.com:443/", "fc.example.com"),
            ("http://fc.example.com:80/", "fc.example.com"),
            ("https://fc.example.com:80/", "fc.example.com:80"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("http://[::1]:8080/", "[::1]:8080"),
        ] {
            assert_eq!(of(&uri.parse().unwrap()).unwrap(), host);
        }
        assert_eq!(of(&"/path".parse().unwrap()), Err(SignError::Host));
    }
}
