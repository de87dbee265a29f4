//! The value of `Host`, derived from the URI as HTTP clients do it.

use std::borrow::Cow;

use http::Uri;

use crate::SignError;

/// The host of the URI in lower case, with the port unless it is the default of the scheme.
pub(super) fn host_header(uri: &Uri) -> Result<Cow<'_, str>, SignError> {
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
    fn the_default_port_of_the_scheme_is_omitted() {
        for (uri, host) in [
            ("https://FC.example.com:443/", "fc.example.com"),
            ("http://fc.example.com:80/", "fc.example.com"),
            ("https://fc.example.com:80/", "fc.example.com:80"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("http://[::1]:8080/", "[::1]:8080"),
            ("other://fc.example.com:443/", "fc.example.com:443"),
        ] {
            assert_eq!(host_header(&uri.parse().unwrap()).unwrap(), host);
        }
        let relative = "/path".parse().unwrap();
        assert_eq!(host_header(&relative), Err(SignError::Host));
    }
}
