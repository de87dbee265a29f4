//! Parses the URL of an endpoint.

use std::net::{Ipv4Addr, Ipv6Addr};

use fc_headers::{InputError, InputErrorKind};
use http::uri::{Authority, Scheme};

/// The parts of an endpoint's URL, in lower case and without the default port of the scheme.
pub(crate) struct EndpointUrl {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    pub(crate) is_loopback: bool,
}

pub(crate) fn parse(url: &str) -> Result<EndpointUrl, InputError> {
    let refuse = |kind| InputError::new(kind, "endpoint");
    if url.is_empty() {
        return Err(refuse(InputErrorKind::Empty));
    }
    let (scheme, rest) = url
        .split_once("://")
        .ok_or(refuse(InputErrorKind::Scheme))?;
    let (scheme, default_port) = match scheme.to_ascii_lowercase().as_str() {
        "https" => (Scheme::HTTPS, 443),
        "http" => (Scheme::HTTP, 80),
        _ => return Err(refuse(InputErrorKind::Scheme)),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority
        .bytes()
        .any(|byte| !byte.is_ascii_graphic() || byte == b'\\')
    {
        return Err(refuse(InputErrorKind::Host));
    }
    if authority.contains('@') {
        return Err(refuse(InputErrorKind::Userinfo));
    }
    if !matches!(path, "" | "/") {
        return Err(refuse(InputErrorKind::PathNotAllowed));
    }
    let (host, port) = split_port(authority);
    let host = host.to_ascii_lowercase();
    let is_loopback = check_host(&host).ok_or(refuse(InputErrorKind::Host))?;
    let authority = match port.map(parse_port) {
        None => host,
        Some(Some(port)) if port == default_port => host,
        Some(Some(port)) => format!("{host}:{port}"),
        Some(None) => return Err(refuse(InputErrorKind::Port)),
    };
    let authority = Authority::try_from(authority).map_err(|_| refuse(InputErrorKind::Host))?;
    Ok(EndpointUrl {
        scheme,
        authority,
        is_loopback,
    })
}

/// Splits at the colon of the port; the colons of an IPv6 address are inside its brackets.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let from = authority.find(']').unwrap_or(0);
    match authority.get(from..).and_then(|rest| rest.find(':')) {
        Some(colon) => {
            let (host, port) = authority.split_at(from + colon);
            (host, port.strip_prefix(':'))
        }
        None => (authority, None),
    }
}

fn parse_port(text: &str) -> Option<u16> {
    let port = text
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())??;
    (port != 0).then_some(port)
}

/// Whether a host is a loopback host; `None` if it is not a valid host.
fn check_host(host: &str) -> Option<bool> {
    if let Some(address) = host.strip_prefix('[') {
        let address: Ipv6Addr = address.strip_suffix(']')?.parse().ok()?;
        return Some(address.is_loopback());
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Some(address.is_loopback());
    }
    let labels_fit = host.len() <= 253 && host.split('.').all(is_label);
    // Some resolvers read a last label of digits as an address, others as a name.
    let last = host.rsplit('.').next()?;
    let is_name = labels_fit && !last.bytes().all(|byte| byte.is_ascii_digit());
    is_name.then_some(host == "localhost")
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_at_most_63_characters_in_a_label_and_253_in_total() {
        let label = |length| "a".repeat(length);
        let long = format!("{0}.{0}.{0}.{1}", label(63), label(61));
        assert_eq!(long.len(), 253);
        for host in ["a", "a-b.c", "1a", &label(63), &long] {
            assert_eq!(check_host(host), Some(false), "{host}");
        }
        let longer = format!("{0}.{0}.{0}.{1}", label(63), label(62));
        for host in [
            "",
            "a..b",
            "a.",
            "-a",
            "a-",
            "a_b",
            "a.1",
            &label(64),
            &longer,
        ] {
            assert_eq!(check_host(host), None, "{host}");
        }
    }

    #[test]
    fn a_loopback_host_is_recognised_by_its_name_or_address() {
        for host in ["localhost", "127.0.0.1", "127.255.0.9", "[::1]"] {
            assert_eq!(check_host(host), Some(true), "{host}");
        }
        for host in ["localhost.a", "a.localhost", "128.0.0.1", "[::2]"] {
            assert_eq!(check_host(host), Some(false), "{host}");
        }
        for host in ["[::1", "[]", "[localhost]", "127.0.0.256"] {
            assert_eq!(check_host(host), None, "{host}");
        }
    }

    #[test]
    fn a_port_is_kept_unless_it_is_the_default_of_the_scheme() {
        for (url, authority) in [
            ("https://FC.example.com:443", "fc.example.com"),
            ("https://fc.example.com:80/", "fc.example.com:80"),
            ("http://fc.example.com:80", "fc.example.com"),
            ("http://fc.example.com:443", "fc.example.com:443"),
            ("HTTP://[::1]:65535", "[::1]:65535"),
            ("https://[::1]", "[::1]"),
        ] {
            let found = parse(url).map(|parsed| parsed.authority.to_string());
            assert_eq!(found.as_deref(), Ok(authority), "{url}");
        }
    }
}
