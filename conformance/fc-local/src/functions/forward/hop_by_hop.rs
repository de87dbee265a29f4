//! Headers of one connection, which are not forwarded (RFC 9110, section 7.6.1).

use http::HeaderMap;

/// The headers of one connection, and those of the framing.
const NAMES: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Removes the headers of one connection: the known ones, and those that `Connection` names.
pub(super) fn remove(headers: &mut HeaderMap) {
    let named: Vec<String> = headers
        .get_all("connection")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_owned())
        .collect();
    for name in named {
        headers.remove(name.as_str());
    }
    for name in NAMES {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::remove;

    #[test]
    fn the_headers_that_connection_names_are_removed_too() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "X-Hop, close"),
            ("connection", "x-other"),
            ("x-hop", "1"),
            ("x-other", "1"),
            ("upgrade", "h2c"),
            ("x-kept", "1"),
        ] {
            headers.append(name, HeaderValue::from_static(value));
        }
        remove(&mut headers);
        assert_eq!(headers.keys().collect::<Vec<_>>(), ["x-kept"]);
    }
}
